import { CaptureModule } from '@app/capture';
import { Module } from '@nestjs/common';
import { HistoryController } from './history.controller.js';

@Module({ imports: [CaptureModule], controllers: [HistoryController] })
export class HistoryModule {}
