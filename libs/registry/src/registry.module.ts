import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ArtifactCleaner } from './artifact.cleaner.js';
import { ArtifactStore } from './artifact.store.js';
import { EventLog } from './event.log.js';
import { Housekeeping } from './housekeeping.js';
import { ModelArchive } from './model.archive.js';
import { ModelBootstrap } from './model.bootstrap.js';
import { ModelCatalogue } from './model.catalogue.js';
import { ModelConverter } from './model.converter.js';
import { ModelEngine } from './model.engine.js';
import { ModelFolder } from './model.folder.js';
import { ModelLoader } from './model.loader.js';
import { ModelMemory } from './model.memory.js';
import { ModelProvider } from './model.provider.js';
import { ModelReader } from './model.reader.js';
import { ModelStore } from './model.store.js';
import { ModelTrial } from './model.trial.js';
import { ModelEvent, ModelEventSchema } from './model-event.schema.js';
import { ModelVersion, ModelVersionSchema } from './model-version.schema.js';
import { RegisteredModel, RegisteredModelSchema } from './registered-model.schema.js';
import { TrafficControl } from './traffic.control.js';
import { TrafficFollower } from './traffic.follower.js';
import { VersionRemoval } from './version.removal.js';
import { VersionStore } from './version.store.js';

/** Which versions exist and who gets which: files come in through ModelLoader, TrafficControl says who gets what, ModelProvider has what is live. */
@Module({
  imports: [
    MongooseModule.forFeature([
      { name: ModelVersion.name, schema: ModelVersionSchema },
      { name: RegisteredModel.name, schema: RegisteredModelSchema },
      { name: ModelEvent.name, schema: ModelEventSchema },
    ]),
  ],
  providers: [
    ArtifactStore,
    ArtifactCleaner,
    ModelStore,
    VersionStore,
    EventLog,
    ModelArchive,
    ModelConverter,
    ModelTrial,
    ModelReader,
    ModelEngine,
    ModelMemory,
    ModelProvider,
    TrafficFollower,
    TrafficControl,
    ModelLoader,
    VersionRemoval,
    ModelCatalogue,
    ModelFolder,
    Housekeeping,
    ModelBootstrap,
  ],
  exports: [ModelProvider, ModelEngine, ModelLoader, ModelCatalogue, TrafficControl, VersionRemoval, EventLog],
})
export class RegistryModule {}
