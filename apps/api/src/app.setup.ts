import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Database } from '@app/database';
import { ServiceLogger, type Settings } from '@app/platform';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import helmet from 'helmet';
import { AppModule } from './app.module.js';
import { DoorKeeper } from './doors/door.keeper.js';
import { FastLane } from './doors/fast-lane.js';
import { LaneAdapter } from './doors/lane.adapter.js';
import { PredictDoor } from './inference/predict.door.js';
import { setUpDocs } from './openapi/openapi.js';

/** The service, ready to listen: what main starts is what every end-to-end test starts. */
export async function createApp(settings: Settings, database: Database): Promise<NestExpressApplication> {
  const module = AppModule.with(settings, database);
  const adapter = new LaneAdapter();
  const options = { bodyParser: false, bufferLogs: true };
  const app = await NestFactory.create<NestExpressApplication>(module, adapter, options);
  app.useLogger(app.get(ServiceLogger));
  app.flushLogs();
  app.use(headers);
  app.disable('x-powered-by');
  app.useBodyParser('raw', { type: isNoUpload, limit: settings.maxBodyBytes });
  setUpDocs(app);
  limitTimes(app.getHttpServer() as Server, settings);
  if (settings.fastLane === 'on') adapter.open(laneOf(app, settings));
  return app;
}

// At level debug every request has a line in the log, which Express's own middleware writes.
function laneOf(app: NestExpressApplication, { maxBodyBytes, logLevel }: Settings): FastLane {
  const doors = logLevel === 'debug' || logLevel === 'trace' ? [] : [app.get(PredictDoor)];
  return new FastLane(doors, app.get(DoorKeeper), { maxBodyBytes, headers: headersSetBy(headers) });
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

// Uploads have a reader of their own, with a limit of their own.
function isNoUpload({ headers }: { readonly headers: NodeJS.Dict<string | string[]> }): boolean {
  return !String(headers['content-type']).toLowerCase().startsWith('multipart/');
}

function limitTimes(server: Server, settings: Settings): void {
  server.requestTimeout = settings.requestTimeoutMs;
  server.headersTimeout = settings.headersTimeoutMs;
  // Node looks for late requests this often; its own default of 30 s would make shorter limits meaningless.
  Object.assign(server, { connectionsCheckingInterval: 1000 });
}
