import { CaptureModule } from '@app/capture';
import { ComparisonModule } from '@app/comparison';
import { RegistryModule } from '@app/registry';
import { Module } from '@nestjs/common';
import { BatchController } from './batch/batch.controller.js';
import { BatchDoor } from './batch/batch.door.js';
import { BatchService } from './batch/batch.service.js';
import { InferenceController } from './inference.controller.js';
import { PredictDoor } from './predict.door.js';
import { InferenceService } from './inference.service.js';
import { ShadowScorer } from './shadow.scorer.js';
import { Shadows } from './shadows.js';
import { TrafficRouter } from './traffic.router.js';

@Module({
  imports: [RegistryModule, CaptureModule, ComparisonModule],
  controllers: [InferenceController, BatchController],
  providers: [InferenceService, TrafficRouter, Shadows, ShadowScorer, PredictDoor, BatchDoor, BatchService],
  exports: [InferenceService, PredictDoor, BatchDoor],
})
export class InferenceModule {}
