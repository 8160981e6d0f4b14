import { RegistryModule } from '@app/registry';
import { Module } from '@nestjs/common';
import { ModelsController } from './models.controller.js';

@Module({ imports: [RegistryModule], controllers: [ModelsController] })
export class ModelsModule {}
