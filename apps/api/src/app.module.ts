import { type Database, DatabaseModule } from '@app/database';
import { PlatformModule, type Settings, type Workers } from '@app/platform';
import { type DynamicModule, Module } from '@nestjs/common';
import { ComparisonRoutesModule } from './comparison/comparison.routes.module.js';
import { HealthModule } from './health/health.module.js';
import { HistoryModule } from './history/history.module.js';
import { HttpModule } from './http/http.module.js';
import { InferenceModule } from './inference/inference.module.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { ModelsModule } from './models/models.module.js';
import { InvocationsModule } from './protocols/invocations/invocations.module.js';
import { OpenInferenceModule } from './protocols/open-inference/open-inference.module.js';

/** The whole service. */
@Module({})
export class AppModule {
  static with(settings: Settings, database: Pick<Database, 'uri'>, workers: Workers): DynamicModule {
    const ground = [PlatformModule.with(settings, workers), DatabaseModule.forRoot(database), HttpModule];
    const routes = [HealthModule, MetricsModule, InferenceModule, ModelsModule, ComparisonRoutesModule, HistoryModule];
    const protocols = [OpenInferenceModule, InvocationsModule];
    return { module: AppModule, imports: [...ground, ...routes, ...protocols] };
  }
}
