import { CaptureModule } from '@app/capture';
import { RegistryModule } from '@app/registry';
import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { Guard, GuardSchema } from './guard/guard.schema.js';
import { GuardStore } from './guard/guard.store.js';
import { KeptScores } from './guard/kept.scores.js';
import { PromotionGuard } from './guard/promotion.guard.js';
import { VersionTotals, VersionTotalsSchema } from './guard/version-totals.schema.js';
import { VersionMetrics } from './guard/version.metrics.js';
import { Replay, ReplaySchema } from './replay.schema.js';
import { ReplayStore } from './replay.store.js';
import { Replays } from './replays.js';
import { VersionComparison } from './version.comparison.js';

/** How versions compare: what shadows have scored along, and what was answered scored once more; and what becomes of canaries. */
@Module({
  imports: [
    RegistryModule,
    CaptureModule,
    MongooseModule.forFeature([
      { name: Replay.name, schema: ReplaySchema },
      { name: Guard.name, schema: GuardSchema },
      { name: VersionTotals.name, schema: VersionTotalsSchema },
    ]),
  ],
  providers: [VersionComparison, ReplayStore, Replays, GuardStore, VersionMetrics, KeptScores, PromotionGuard],
  exports: [VersionComparison, ReplayStore, Replays, GuardStore, VersionMetrics],
})
export class ComparisonModule {}
