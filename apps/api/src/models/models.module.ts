import { RegistryModule } from '@app/registry';
import { Module } from '@nestjs/common';
import { LoadController } from './load.controller.js';
import { ModelController } from './model.controller.js';
import { ModelsController } from './models.controller.js';
import { VersionsController } from './versions.controller.js';

@Module({
  imports: [RegistryModule],
  controllers: [ModelsController, ModelController, LoadController, VersionsController],
})
export class ModelsModule {}
