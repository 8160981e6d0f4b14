import type { Server } from 'node:http';
import type { Database } from '@app/database';
import { ServiceLogger, type Settings } from '@app/platform';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import helmet from 'helmet';
import { AppModule } from './app.module.js';
import { limitArrival } from './http/arrival-limit.js';
import { readBodies } from './http/bodies.js';
export { GrpcServer } from './protocols/open-inference/grpc/grpc.server.js';
import { setUpDocs } from './openapi/openapi.js';

/** The service, ready to listen: what main starts is what every end-to-end test starts. */
export async function createApp(settings: Settings, database: Database): Promise<NestExpressApplication> {
  const module = AppModule.with(settings, database);
  const app = await NestFactory.create<NestExpressApplication>(module, { bodyParser: false, bufferLogs: true });
  app.useLogger(app.get(ServiceLogger));
  app.flushLogs();
  app.use(helmet(HEADERS));
  app.disable('x-powered-by');
  readBodies(app, settings);
  setUpDocs(app);
  limitTimes(app.getHttpServer() as Server, settings);
  return app;
}

// Plain HTTP is how the service is met; whoever puts TLS in front of it sets these there.
const HEADERS = {
  strictTransportSecurity: false,
  contentSecurityPolicy: { directives: { 'upgrade-insecure-requests': null } },
};

function limitTimes(server: Server, settings: Settings): void {
  limitArrival(server, settings.requestTimeoutMs);
  server.headersTimeout = settings.headersTimeoutMs;
  // Node looks for late requests this often; its own default of 30 s would make shorter limits meaningless.
  Object.assign(server, { connectionsCheckingInterval: 1000 });
}
