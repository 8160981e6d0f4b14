import type { Understood } from '@app/convert';
import type { Signature, Wiring } from '@app/core';
import type { Cost } from '@app/runtime';
import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { Schema as MongooseSchema, type Types } from 'mongoose';
import type { Baseline } from './baseline.js';
import type { NamesFrom } from './inherit-names.js';
import type { SampleResult } from './check-sample.js';

/** One version of a model, for ever: what was uploaded, what was understood, and what is served. */
@Schema({ collection: 'model_versions', versionKey: false, autoCreate: false, autoIndex: false, minimize: false })
export class ModelVersion {
  @Prop({ type: String, required: true })
  readonly model: string;

  /** Counts up from 1; never given twice. */
  @Prop({ type: Number, required: true })
  readonly version: number;

  @Prop({ type: Date, required: true })
  readonly createdAt: Date;

  /** The uploaded file's own name, for people only. */
  @Prop({ type: String, required: true })
  readonly fileName: string;

  /** SHA-256 of the uploaded file, in hex. */
  @Prop({ type: String, required: true })
  readonly sha256: string;

  /** The uploaded file in GridFS. */
  @Prop({ type: MongooseSchema.Types.ObjectId, required: true })
  readonly fileId: Types.ObjectId;

  /** The ONNX that is served, in GridFS; the same as `fileId` where ONNX was uploaded. */
  @Prop({ type: MongooseSchema.Types.ObjectId, required: true })
  readonly onnxId: Types.ObjectId;

  @Prop({ type: MongooseSchema.Types.Mixed, required: true })
  readonly signature: Signature;

  @Prop({ type: MongooseSchema.Types.Mixed, required: true })
  readonly wiring: Wiring;

  @Prop({ type: MongooseSchema.Types.Mixed, required: true })
  readonly understood: Understood;

  /** What its trial measured; none in what was kept before trials did. */
  @Prop({ type: MongooseSchema.Types.Mixed })
  readonly cost?: Cost;

  @Prop({ type: String, required: true })
  readonly namesFrom: NamesFrom;

  @Prop({ type: [String], required: true })
  readonly warnings: readonly string[];

  /** Size of the ONNX. */
  @Prop({ type: Number, required: true })
  readonly onnxBytes: number;

  /** Size of the uploaded file. */
  @Prop({ type: Number, required: true })
  readonly fileBytes: number;

  /** Who loaded it, where they said so. */
  @Prop({ type: String })
  readonly createdBy?: string;

  @Prop({ type: String })
  readonly note?: string;

  /** How well it reproduced the rows that came with it. */
  @Prop({ type: MongooseSchema.Types.Mixed })
  readonly sample?: SampleResult;

  /** What the training rows that came with it held, feature by feature. */
  @Prop({ type: MongooseSchema.Types.Mixed })
  readonly baseline?: Baseline;

  /** Those rows themselves, a CSV in GridFS. */
  @Prop({ type: MongooseSchema.Types.ObjectId })
  readonly baselineId?: Types.ObjectId;
}

export const ModelVersionSchema = SchemaFactory.createForClass(ModelVersion);
ModelVersionSchema.index({ model: 1, version: 1 }, { unique: true });
// To recognise a file that was loaded before.
ModelVersionSchema.index({ model: 1, sha256: 1, version: -1 });
