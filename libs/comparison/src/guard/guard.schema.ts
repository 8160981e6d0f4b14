import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { Schema as MongooseSchema, type Types } from 'mongoose';
import type { Finding, GuardRules, Totals } from './judge.js';

/** A canary under watch: what it and the active version had done before. */
export interface Watch {
  /** The model's when it began: any change of the model begins another watch. */
  readonly revision: number;
  readonly since: Date;
  readonly active: Totals;
  readonly canary: Totals;
}

/** The rules that the canaries of a model must keep to, and how it stands with the one that there is. */
@Schema({ collection: 'guards', versionKey: false, autoCreate: false, autoIndex: false })
export class Guard {
  /** The name of the model. */
  @Prop({ type: String, required: true })
  readonly _id: string;

  @Prop({ type: MongooseSchema.Types.Mixed, required: true })
  readonly rules: GuardRules;

  /** Which setting of the rules this is: what was found under others no longer counts. */
  @Prop({ type: MongooseSchema.Types.ObjectId, required: true })
  readonly edition: Types.ObjectId;

  /** When a replica may look next; whoever moves it on is the one that looks. */
  @Prop({ type: Date, required: true })
  readonly lookAt: Date;

  /** Absent while there is no canary. */
  @Prop({ type: MongooseSchema.Types.Mixed })
  readonly watch?: Watch;

  /** What the last look has found. */
  @Prop({ type: MongooseSchema.Types.Mixed })
  readonly finding?: Finding;
}

export const GuardSchema = SchemaFactory.createForClass(Guard);
