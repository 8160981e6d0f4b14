import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ArtifactStore } from './artifact.store.js';
import { ModelArchive } from './model.archive.js';
import { ModelBootstrap } from './model.bootstrap.js';
import { ModelConverter } from './model.converter.js';
import { ModelLoader } from './model.loader.js';
import { ModelMemory } from './model.memory.js';
import { ModelProvider } from './model.provider.js';
import { ModelTrial } from './model.trial.js';
import { ModelVersion, ModelVersionSchema } from './model-version.schema.js';
import { RegisteredModel, RegisteredModelSchema } from './registered-model.schema.js';
import { VersionStore } from './version.store.js';

/** Which versions exist and which are live: files come in through ModelLoader, live models are found in ModelProvider. */
@Module({
  imports: [
    MongooseModule.forFeature([
      { name: ModelVersion.name, schema: ModelVersionSchema },
      { name: RegisteredModel.name, schema: RegisteredModelSchema },
    ]),
  ],
  providers: [
    ArtifactStore,
    VersionStore,
    ModelArchive,
    ModelConverter,
    ModelTrial,
    ModelMemory,
    ModelProvider,
    ModelLoader,
    ModelBootstrap,
  ],
  exports: [ModelProvider, ModelLoader],
})
export class RegistryModule {}
