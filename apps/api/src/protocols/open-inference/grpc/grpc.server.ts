import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ServingError } from '@app/core';
import { Settings, USUAL_GRPC_PORT } from '@app/platform';
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import type { handleUnaryCall, Server, ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js';
import { requestInvalid } from '../infer-request.js';
import { GrpcMethods } from './grpc.methods.js';
import { grpcStatusOf } from './grpc-status.js';

const PROTO = fileURLToPath(new URL('../../../../../../proto/open-inference.proto', import.meta.url));
const FIRST_ANSWERS_MS = 50;
// 64-bit numbers as texts: a double would round them in silence.
const LOADING = { keepCase: true, longs: String, enums: String, defaults: true, oneofs: true } as const;

/** Serves the protocol over gRPC, with health and reflection beside it; stops with the rest of the service. */
@Injectable()
export class GrpcServer implements BeforeApplicationShutdown {
  private readonly logger = new Logger(GrpcServer.name);
  private server: Server | undefined;
  private isStopping = false;

  constructor(
    private readonly settings: Settings,
    private readonly methods: GrpcMethods,
  ) {}

  /** Serves from now on, and gives the address; undefined where gRPC is off. To be called once HTTP is served: no first answer waits for it. */
  async serve(): Promise<string | undefined> {
    if (this.settings.grpcPort === 'off') return undefined;
    // Reading its libraries holds up everything for a tenth of a second: who waits at the other door goes first.
    await sleep(FIRST_ANSWERS_MS);
    const { grpc, loader, health, reflection } = await loadLibraries();
    if (this.isStopping) return undefined;
    const own = loader.loadSync(PROTO, LOADING);
    this.server = new grpc.Server({
      'grpc.max_receive_message_length': this.settings.maxTensorBytes,
      'grpc.max_send_message_length': -1,
      // Two services that share a port would each get a part of the calls.
      'grpc.so_reuseport': 0,
    });
    const service = own['inference.GRPCInferenceService'] as ServiceDefinition;
    this.server.addService(withRefusals(service), this.handlers(METHODS));
    this.server.addService(health.service, this.handlers(['Check']));
    new reflection.ReflectionService(own).addToServer(this.server);
    const address = await this.bind(this.server, grpc.ServerCredentials.createInsecure());
    if (address !== undefined) this.logger.log(`gRPC on ${address}`);
    return address;
  }

  /** Answers what has been accepted and takes no more; a stream that nobody ends is broken off at half the time of a stop. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    const { server } = this;
    if (!server) return;
    const timer = setTimeout(() => server.forceShutdown(), this.settings.shutdownTimeoutMs / 2);
    await new Promise<void>((resolve) => server.tryShutdown(() => resolve()));
    clearTimeout(timer);
  }

  // Nothing said: the usual port, or a free one where another service has it.
  private async bind(server: Server, credentials: Parameters<Server['bindAsync']>[1]): Promise<string | undefined> {
    const { host, grpcPort } = this.settings;
    const ports = grpcPort === undefined ? [USUAL_GRPC_PORT, 0] : [Number(grpcPort)];
    for (const port of ports) {
      const bound = await new Promise<number | Error>((resolve) => {
        server.bindAsync(`${host}:${port}`, credentials, (error, taken) => resolve(error ?? taken));
      });
      if (typeof bound === 'number') return `${host}:${bound}`;
    }
    if (this.isStopping) return undefined;
    throw new Error(`GRPC_PORT ${ports[0]} of ${host} cannot be listened on; 0 takes a free one, off serves no gRPC`);
  }

  private handlers(names: readonly MethodName[]): UntypedServiceImplementation {
    return Object.fromEntries(names.map((name) => [name, this.handler(name)])) as UntypedServiceImplementation;
  }

  private handler(name: MethodName): handleUnaryCall<never, object> {
    return ({ request, metadata }, callback) => {
      Promise.resolve()
        .then(() => this.methods[name](readable(request), metadata.getMap() as IncomingHttpHeaders))
        .then(
          (answer) => callback(null, answer),
          (error: unknown) => callback(this.statusOf(name, error)),
        );
    };
  }

  private statusOf(name: string, error: unknown) {
    const status = grpcStatusOf(error);
    if (status.code >= INTERNAL) this.logger.warn({ err: error }, `${name} failed`);
    return status;
  }
}

const INTERNAL = 13;

const METHODS = [
  'ServerLive',
  'ServerReady',
  'ServerMetadata',
  'ModelReady',
  'ModelMetadata',
  'ModelInfer',
  'RepositoryIndex',
  'RepositoryModelLoad',
  'RepositoryModelUnload',
] as const;

type MethodName = (typeof METHODS)[number] | 'Check';

// The library answers INTERNAL to bytes that are no message; they are the caller's fault, so they reach the handler as a refusal.
function withRefusals(service: ServiceDefinition): ServiceDefinition {
  const methods = Object.entries(service).map(([name, method]) => {
    const requestDeserialize = (bytes: Buffer): unknown => decode(method.requestDeserialize, bytes);
    return [name, { ...method, requestDeserialize }] as const;
  });
  return Object.fromEntries(methods);
}

function decode(read: (bytes: Buffer) => unknown, bytes: Buffer): unknown {
  try {
    return read(bytes);
  } catch (error) {
    return requestInvalid(`the message cannot be decoded: ${(error as Error).message}`);
  }
}

function readable(request: never): never {
  if ((request as unknown) instanceof ServingError) throw request as ServingError;
  return request;
}

async function loadLibraries() {
  const [grpc, loader, health, reflection] = await Promise.all([
    import('@grpc/grpc-js'),
    import('@grpc/proto-loader'),
    import('grpc-health-check'),
    import('@grpc/reflection'),
  ]);
  return { grpc, loader, health, reflection };
}
