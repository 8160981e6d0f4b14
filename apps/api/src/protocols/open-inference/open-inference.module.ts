import { RegistryModule } from '@app/registry';
import { Module } from '@nestjs/common';
import { HealthModule } from '../../health/health.module.js';
import { InferenceModule } from '../../inference/inference.module.js';
import { GrpcMethods } from './grpc/grpc.methods.js';
import { GrpcServer } from './grpc/grpc.server.js';
import { InferDoor } from './infer.door.js';
import { Infer } from './infer.js';
import { ModelController, VersionController } from './model.controller.js';
import { RepositoryController } from './repository.controller.js';
import { Repository } from './repository.js';
import { ServedModels } from './served-models.js';
import { ServerController } from './server.controller.js';

/** The Open Inference Protocol, version 2. */
@Module({
  imports: [RegistryModule, InferenceModule, HealthModule],
  controllers: [ServerController, ModelController, VersionController, RepositoryController],
  providers: [ServedModels, Infer, InferDoor, Repository, GrpcMethods, GrpcServer],
  exports: [InferDoor],
})
export class OpenInferenceModule {}
