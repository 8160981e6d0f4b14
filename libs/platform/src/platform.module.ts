import { type DynamicModule, Global, Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { loggerOptions, ServiceLogger } from './logging.js';
import { Metrics } from './metrics.js';
import { Settings } from './settings.js';

/** The settings and the log, for every room. */
@Global()
@Module({})
export class PlatformModule {
  static with(settings: Settings): DynamicModule {
    return {
      module: PlatformModule,
      imports: [LoggerModule.forRoot(loggerOptions(settings))],
      providers: [{ provide: Settings, useValue: settings }, ServiceLogger, Metrics],
      exports: [Settings, ServiceLogger, Metrics],
    };
  }
}
