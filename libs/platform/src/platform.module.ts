import { type DynamicModule, Global, Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { loggerOptions, ServiceLogger } from './logging.js';
import { Metrics } from './metrics.js';
import { Settings } from './settings.js';
import { Workers } from './workers/workers.js';

/** The settings, the log, the metrics and the other workers, for every room. */
@Global()
@Module({})
export class PlatformModule {
  static with(settings: Settings, workers: Workers): DynamicModule {
    return {
      module: PlatformModule,
      imports: [LoggerModule.forRoot(loggerOptions(settings))],
      providers: [
        { provide: Settings, useValue: settings },
        { provide: Workers, useValue: workers },
        ServiceLogger,
        Metrics,
      ],
      exports: [Settings, Workers, ServiceLogger, Metrics],
    };
  }
}
