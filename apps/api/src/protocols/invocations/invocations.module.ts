import { RegistryModule } from '@app/registry';
import { Module } from '@nestjs/common';
import { InferenceModule } from '../../inference/inference.module.js';
import { InvocationsController } from './invocations.controller.js';

/** What SageMaker and MLflow ask of a container. */
@Module({ imports: [RegistryModule, InferenceModule], controllers: [InvocationsController] })
export class InvocationsModule {}
