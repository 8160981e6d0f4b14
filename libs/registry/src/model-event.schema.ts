import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { Schema as MongooseSchema, type Types } from 'mongoose';
import type { Traffic } from './traffic.js';

/** What can happen to a model. */
export const EVENT_ACTIONS = ['load', 'activate', 'rollback', 'traffic', 'note', 'delete', 'guard', 'unguard'] as const;
export type EventAction = (typeof EVENT_ACTIONS)[number];

/** What else is worth knowing of a deed: the traffic after a change, the file of a load, a note. */
export interface EventDetails {
  readonly traffic?: Traffic;
  readonly fileName?: string;
  readonly sha256?: string;
  readonly isLive?: boolean;
  readonly note?: string;
}

/** Something that was done to a model, or was refused: the audit log. */
@Schema({ collection: 'model_events', versionKey: false, autoCreate: false, autoIndex: false, minimize: false })
export class ModelEvent {
  @Prop({ type: MongooseSchema.Types.ObjectId, required: true })
  readonly _id: Types.ObjectId;

  @Prop({ type: String, required: true })
  readonly model: string;

  @Prop({ type: Date, required: true })
  readonly at: Date;

  @Prop({ type: String, required: true })
  readonly action: EventAction;

  /** False where it was refused; `reason` then says why. */
  @Prop({ type: Boolean, required: true })
  readonly done: boolean;

  @Prop({ type: Number })
  readonly version?: number;

  @Prop({ type: String })
  readonly by?: string;

  /** Why, in the words of who did it; of a refusal, in ours. */
  @Prop({ type: String })
  readonly reason?: string;

  /** The code of a refusal. */
  @Prop({ type: String })
  readonly code?: string;

  @Prop({ type: MongooseSchema.Types.Mixed })
  readonly details?: EventDetails;
}

export const ModelEventSchema = SchemaFactory.createForClass(ModelEvent);
ModelEventSchema.index({ model: 1, _id: 1 });
