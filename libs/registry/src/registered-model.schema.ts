import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** A model's name, the last version number that was given, and which version is live. */
@Schema({ collection: 'models', versionKey: false, autoCreate: false, autoIndex: false })
export class RegisteredModel {
  @Prop({ type: String, required: true })
  readonly _id: string;

  @Prop({ type: Number, required: true })
  readonly lastVersion: number;

  @Prop({ type: Number })
  readonly liveVersion?: number;
}

export const RegisteredModelSchema = SchemaFactory.createForClass(RegisteredModel);
