import type { Label } from '@app/core';
import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { Schema as MongooseSchema, type Types } from 'mongoose';

/** Where the history lies. */
export const CAPTURE_COLLECTION = 'data_capture';

/** The part in the traffic of the version that made a record; `forced`: the caller asked for that version. */
export const CAPTURE_ROLES = ['active', 'canary', 'shadow', 'forced'] as const;

/** One of them. */
export type CaptureRole = (typeof CAPTURE_ROLES)[number];

/** A prediction: what came in, what went out, when, and from which version of which model. */
@Schema({ collection: CAPTURE_COLLECTION, versionKey: false, autoCreate: false, autoIndex: false, minimize: false })
export class DataCapture {
  /** Made here and ordered by time (see CaptureIds), so that a repeated write changes nothing. */
  @Prop({ type: MongooseSchema.Types.ObjectId, required: true })
  readonly _id: Types.ObjectId;

  @Prop({ type: MongooseSchema.Types.Mixed, required: true })
  readonly features: Readonly<Record<string, unknown>>;

  @Prop({ type: MongooseSchema.Types.Mixed, required: true })
  readonly score: number | readonly (number | null)[];

  /** The time in `_id`, to the millisecond. */
  @Prop({ type: Date, required: true })
  readonly datetime: Date;

  @Prop({ type: String, required: true })
  readonly model: string;

  @Prop({ type: Number, required: true })
  readonly model_version: number;

  /** Records that are older than roles have none: they were made by the active version. */
  @Prop({ type: String })
  readonly role?: CaptureRole;

  /** Of a shadow's record: the `_id` of the record whose request it scored. */
  @Prop({ type: MongooseSchema.Types.ObjectId })
  readonly request?: Types.ObjectId;

  @Prop({ type: MongooseSchema.Types.Mixed })
  readonly label?: Label;

  @Prop({ type: MongooseSchema.Types.Mixed })
  readonly probabilities?: Readonly<Record<string, number>>;

  @Prop({ type: MongooseSchema.Types.Mixed })
  readonly decision?: Readonly<Record<string, number>>;

  @Prop({ type: [String], default: undefined })
  readonly warnings?: readonly string[];
}

export const DataCaptureSchema = SchemaFactory.createForClass(DataCapture);
// The history of one model, in order; the whole history is in the order of _id itself.
DataCaptureSchema.index({ model: 1, _id: 1 });
// What canaries and shadows have scored: few records, so that those of the active version, nearly all, cost nothing more.
DataCaptureSchema.index(
  { model: 1, model_version: 1, _id: 1 },
  { partialFilterExpression: { role: { $gt: 'active' } } },
);
