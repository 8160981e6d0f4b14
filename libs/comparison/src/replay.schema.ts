import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { Schema as MongooseSchema, type Types } from 'mongoose';
import type { Compared } from './statistics/comparison.js';

/** How it stands with a replay; a running one whose process has died is interrupted. */
export const REPLAY_STATES = ['running', 'done', 'stopped', 'failed', 'interrupted'] as const;
export type ReplayState = (typeof REPLAY_STATES)[number];

/** What was answered, scored once more with another version. */
@Schema({ collection: 'replays', versionKey: false, autoCreate: false, autoIndex: false, minimize: false })
export class Replay {
  @Prop({ type: MongooseSchema.Types.ObjectId, required: true })
  readonly _id: Types.ObjectId;

  @Prop({ type: String, required: true })
  readonly model: string;

  @Prop({ type: Number, required: true })
  readonly candidate: number;

  /** Only what this version has answered. */
  @Prop({ type: Number })
  readonly baseline?: number;

  @Prop({ type: String, required: true })
  readonly state: ReplayState;

  /** Records that it will read, at most. */
  @Prop({ type: Number, required: true })
  readonly wanted: number;

  @Prop({ type: Number, required: true })
  readonly compared: number;

  @Prop({ type: Number, required: true })
  readonly skipped: number;

  @Prop({ type: Date, required: true })
  readonly startedAt: Date;

  /** When its process last said how far it was. */
  @Prop({ type: Date, required: true })
  readonly seenAt: Date;

  /** True where it should end, whichever process it runs in. */
  @Prop({ type: Boolean })
  readonly isUnwanted?: boolean;

  /** Of all that was compared until it ended. */
  @Prop({ type: MongooseSchema.Types.Mixed })
  readonly outcome?: Compared;

  /** Why it failed. */
  @Prop({ type: String })
  readonly failure?: string;
}

export const ReplaySchema = SchemaFactory.createForClass(Replay);
ReplaySchema.index({ model: 1, _id: 1 });
