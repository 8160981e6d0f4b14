import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { CaptureHistory } from './capture.history.js';
import { CaptureJournal } from './capture.journal.js';
import { CaptureMetrics } from './capture.metrics.js';
import { CaptureRecorder } from './capture.recorder.js';
import { DataCapture, DataCaptureSchema } from './data-capture.schema.js';

/** What was predicted: written by CaptureRecorder, read by CaptureHistory. */
@Module({
  imports: [MongooseModule.forFeature([{ name: DataCapture.name, schema: DataCaptureSchema }])],
  providers: [CaptureJournal, CaptureRecorder, CaptureHistory, CaptureMetrics],
  exports: [CaptureJournal, CaptureRecorder, CaptureHistory, MongooseModule],
})
export class CaptureModule {}
