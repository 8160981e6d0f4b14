import type { IncomingHttpHeaders } from 'node:http';
import { Injectable } from '@nestjs/common';
import { HealthService } from '../../../health/health.service.js';
import { Infer } from '../infer.js';
import { metadataOf } from '../model-metadata.js';
import { Repository } from '../repository.js';
import { ServedModels } from '../served-models.js';
import { SERVER } from '../server.js';
import { type InferMessage, readInferMessage, writeInferMessage } from './grpc-codec.js';

interface ModelMessage {
  readonly name: string;
  readonly version: string;
}

/** What answers each method of `inference.GRPCInferenceService`: a message in, a message out. */
@Injectable()
export class GrpcMethods {
  constructor(
    private readonly health: HealthService,
    private readonly models: ServedModels,
    private readonly infer: Infer,
    private readonly repository: Repository,
  ) {}

  ServerLive(): object {
    return { live: true };
  }

  async ServerReady(): Promise<object> {
    return { ready: await this.isReady() };
  }

  ServerMetadata(): object {
    return SERVER;
  }

  ModelReady({ name, version }: ModelMessage): object {
    return { ready: this.models.get(name, version || undefined) !== undefined };
  }

  ModelMetadata({ name, version }: ModelMessage): object {
    return metadataOf(this.models.get(name, version || undefined));
  }

  async ModelInfer(message: InferMessage, headers: IncomingHttpHeaders): Promise<object> {
    const { model_name: model, model_version: version } = message;
    const request = readInferMessage(message);
    const target = { model, ...(version && { version }) };
    return writeInferMessage(await this.infer.answer(target, request, { headers }), message);
  }

  RepositoryIndex({ ready }: { readonly ready: boolean }): object {
    return { models: this.repository.index(ready) };
  }

  async RepositoryModelLoad({ model_name: name }: { readonly model_name: string }): Promise<object> {
    await this.repository.load(name);
    return {};
  }

  async RepositoryModelUnload({ model_name: name }: { readonly model_name: string }): Promise<object> {
    await this.repository.unload(name);
    return {};
  }

  /** `grpc.health.v1.Health`, the probe of an orchestrator. */
  async Check(): Promise<object> {
    return { status: (await this.isReady()) ? 'SERVING' : 'NOT_SERVING' };
  }

  private isReady(): Promise<boolean> {
    return this.health.readiness().then(
      () => true,
      () => false,
    );
  }
}
