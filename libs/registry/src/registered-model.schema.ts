import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { Schema as MongooseSchema } from 'mongoose';
import type { Traffic } from './traffic.js';

/** A model's name, the last version number that was given, and who gets which version. */
@Schema({ collection: 'models', versionKey: false, autoCreate: false, autoIndex: false, minimize: false })
export class RegisteredModel {
  @Prop({ type: String, required: true })
  readonly _id: string;

  @Prop({ type: Number, required: true })
  readonly lastVersion: number;

  /** Counts the changes: whoever changes it names the one that it has seen, and every replica follows it. */
  @Prop({ type: Number, required: true })
  readonly revision: number;

  /** Absent until a version goes live. */
  @Prop({ type: MongooseSchema.Types.Mixed })
  readonly traffic?: Traffic;

  /** Versions that were live before, the latest last: where a rollback goes. */
  @Prop({ type: [Number], required: true })
  readonly earlier: readonly number[];

  /** Versions that nobody may use any more, while their documents and files are being removed. */
  @Prop({ type: [Number], required: true })
  readonly leaving: readonly number[];
}

export const RegisteredModelSchema = SchemaFactory.createForClass(RegisteredModel);
