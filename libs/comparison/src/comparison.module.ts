import { CaptureModule } from '@app/capture';
import { RegistryModule } from '@app/registry';
import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { Replay, ReplaySchema } from './replay.schema.js';
import { ReplayStore } from './replay.store.js';
import { Replays } from './replays.js';
import { VersionComparison } from './version.comparison.js';

/** How versions compare: what shadows have scored along, and what was answered scored once more. */
@Module({
  imports: [RegistryModule, CaptureModule, MongooseModule.forFeature([{ name: Replay.name, schema: ReplaySchema }])],
  providers: [VersionComparison, ReplayStore, Replays],
  exports: [VersionComparison, ReplayStore, Replays],
})
export class ComparisonModule {}
