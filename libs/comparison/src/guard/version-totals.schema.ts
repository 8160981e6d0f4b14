import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Totals } from './judge.js';

/** What a version has done while others were in its model's traffic, on all replicas together. */
@Schema({ collection: 'version_totals', versionKey: false, autoCreate: false, autoIndex: false })
export class VersionTotals implements Totals {
  /** The version and, behind it, the name of its model. */
  @Prop({ type: String, required: true })
  readonly _id: string;

  @Prop({ type: Number, required: true })
  readonly rows: number;

  @Prop({ type: Number, required: true })
  readonly requests: number;

  @Prop({ type: Number, required: true })
  readonly failures: number;

  @Prop({ type: Number, required: true })
  readonly ms: number;
}

export const VersionTotalsSchema = SchemaFactory.createForClass(VersionTotals);
