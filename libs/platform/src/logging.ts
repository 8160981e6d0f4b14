import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Logger, type Params, PinoLogger } from 'nestjs-pino';
import { type HttpLogger, pinoHttp } from 'pino-http';
import type { Settings } from './settings.js';

/**
 * One line of JSON an event. The module's own middleware is left out (no routes): it keeps the request in an
 * AsyncLocalStorage, for which Node 20 then hooks into every promise of the process (docs/decisions/0015).
 */
export function loggerOptions({ logLevel }: Settings): Params {
  return {
    forRoutes: [],
    pinoHttp: {
      level: logLevel,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (level) => ({ level }) },
    },
  };
}

/** Gives every request its id, and a line in the log only at level debug, as logging every request costs more than most of them. */
export function requestLog({ logLevel }: Settings): HttpLogger {
  return pinoHttp({
    logger: PinoLogger.root,
    genReqId: nameRequest,
    quietReqLogger: true,
    autoLogging: logLevel === 'debug' || logLevel === 'trace',
    customLogLevel: () => 'debug',
    serializers: { req: ({ method, url }: { method: string; url: string }) => ({ method, url }) },
  });
}

// Our own id always: a caller's could be another request's, or a line break in the log.
function nameRequest(_request: IncomingMessage, response: ServerResponse): string {
  const id = randomUUID();
  response.setHeader('X-Request-Id', id);
  return id;
}

const START_UP_CONTEXTS = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
]);

/** The service's log; what the framework says of its own start goes to debug. */
export class ServiceLogger extends Logger {
  override log(message: unknown, ...rest: string[]): void {
    if (START_UP_CONTEXTS.has(String(rest.at(-1)))) super.debug(message, ...rest);
    else super.log(message, ...rest);
  }
}
