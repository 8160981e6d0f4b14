import { CaptureModule } from '@app/capture';
import { RegistryModule } from '@app/registry';
import { Module } from '@nestjs/common';
import { InferenceController } from './inference.controller.js';
import { PredictDoor } from './predict.door.js';
import { InferenceService } from './inference.service.js';
import { ShadowScorer } from './shadow.scorer.js';
import { Shadows } from './shadows.js';
import { TrafficRouter } from './traffic.router.js';

@Module({
  imports: [RegistryModule, CaptureModule],
  controllers: [InferenceController],
  providers: [InferenceService, TrafficRouter, Shadows, ShadowScorer, PredictDoor],
  exports: [InferenceService, PredictDoor],
})
export class InferenceModule {}
