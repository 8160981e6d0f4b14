import { CaptureModule } from '@app/capture';
import { RegistryModule } from '@app/registry';
import { Module } from '@nestjs/common';
import { InferenceController } from './inference.controller.js';
import { PredictDoor } from './predict.door.js';
import { InferenceService } from './inference.service.js';

@Module({
  imports: [RegistryModule, CaptureModule],
  controllers: [InferenceController],
  providers: [InferenceService, PredictDoor],
  exports: [InferenceService, PredictDoor],
})
export class InferenceModule {}
