import 'reflect-metadata';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Database } from '@app/database';
import { requestLog, ServiceLogger, type Serving, type Settings, Workers } from '@app/platform';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import helmet from 'helmet';
import { AppModule } from './app.module.js';
import { DoorKeeper } from './doors/door.keeper.js';
import { FastLane } from './doors/fast-lane.js';
import { LaneAdapter } from './doors/lane.adapter.js';
import { BatchDoor } from './inference/batch/batch.door.js';
import { PredictDoor } from './inference/predict.door.js';
import { WireLane } from './doors/wire.lane.js';
import { ArrivalLimit } from './http/arrival-limit.js';
import { readBodies } from './http/bodies.js';
import { checkEscapes } from './http/check-escapes.js';
import { setUpDocs } from './openapi/openapi.js';
import { GrpcServer } from './protocols/open-inference/grpc/grpc.server.js';
import { InferDoor } from './protocols/open-inference/infer.door.js';

/** The service, ready to listen: what main starts is what every end-to-end test starts. */
export async function createApp(
  settings: Settings,
  database: Pick<Database, 'uri'>,
  workers = new Workers(),
): Promise<NestExpressApplication> {
  const module = AppModule.with(settings, database, workers);
  const adapter = new LaneAdapter();
  const options = { bodyParser: false, bufferLogs: true };
  const app = await NestFactory.create<NestExpressApplication>(module, adapter, options);
  app.useLogger(app.get(ServiceLogger));
  app.flushLogs();
  app.use(requestLog(settings));
  app.use(headers);
  app.use(checkEscapes);
  app.disable('x-powered-by');
  readBodies(app, settings);
  setUpDocs(app);
  const server = app.getHttpServer() as Server;
  limitTimes(server, settings);
  openLanes(app, adapter, settings);
  return app;
}

/** Serves HTTP from now on, then gRPC, which no first answer waits for. */
export async function serve(app: NestExpressApplication, { port, host }: Settings): Promise<Serving> {
  await app.listen(port, host);
  const url = await app.getUrl();
  const grpc = await app.get(GrpcServer).serve();
  return { url, ...(grpc !== undefined && { grpc }) };
}

// At level debug every request has a line in the log, which Express's own middleware writes.
function openLanes(app: NestExpressApplication, adapter: LaneAdapter, settings: Settings): void {
  const isOpen = settings.fastLane === 'on' && !['debug', 'trace'].includes(settings.logLevel);
  const doors = isOpen ? [app.get(PredictDoor), app.get(BatchDoor), app.get(InferDoor)] : [];
  const { maxBodyBytes, requestTimeoutMs } = settings;
  const options = { maxBodyBytes, requestTimeoutMs, headers: headersSetBy(headers) };
  const arrival = new ArrivalLimit(app.getHttpServer() as Server, requestTimeoutMs);
  const keeper = app.get(DoorKeeper);
  adapter.open(
    new FastLane(doors, keeper, arrival, options),
    isOpen ? new WireLane(doors, keeper, options) : undefined,
  );
}

// Plain HTTP is how the service is met; whoever puts TLS in front of it sets these there.
const headers = helmet({
  strictTransportSecurity: false,
  contentSecurityPolicy: { directives: { 'upgrade-insecure-requests': null } },
});

/** The headers that a middleware sets on every answer alike. */
function headersSetBy(middleware: typeof headers): Readonly<Record<string, string>> {
  const set: Record<string, string> = {};
  const response = { setHeader: (name: string, value: string) => (set[name] = value), removeHeader: () => undefined };
  middleware({} as IncomingMessage, response as unknown as ServerResponse, () => undefined);
  return set;
}

function limitTimes(server: Server, settings: Settings): void {
  server.headersTimeout = settings.headersTimeoutMs;
  // Node looks for late requests this often; its own default of 30 s would make shorter limits meaningless.
  Object.assign(server, { connectionsCheckingInterval: 1000 });
}
