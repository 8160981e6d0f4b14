import { randomBytes } from 'node:crypto';
import mongoose, { type mongo, Types } from 'mongoose';
import { FLIGHT } from './service.js';
import { testDatabaseUri } from './test-database.js';

/** Records of the history as the service writes them, and what a test wants to say of them. */
export interface CaptureOf {
  readonly version: number;
  readonly role?: 'active' | 'canary' | 'shadow';
  readonly score: number;
  readonly label?: string;
  readonly request?: Types.ObjectId;
  readonly atMs?: number;
  readonly features?: Readonly<Record<string, unknown>>;
}

/** The history of this worker's database, written past the service. */
export class Captures {
  private constructor(private readonly connection: mongoose.Connection) {}

  static async open(): Promise<Captures> {
    return new Captures(await mongoose.createConnection(testDatabaseUri()).asPromise());
  }

  /** Writes records of flight-delay; gives their ids. */
  async write(captures: readonly CaptureOf[]): Promise<Types.ObjectId[]> {
    const documents = captures.map(toDocument);
    await this.collection('data_capture').insertMany(documents);
    return documents.map(({ _id }) => _id as Types.ObjectId);
  }

  collection(name: string): mongo.Collection {
    return this.connection.db!.collection(name);
  }

  close(): Promise<void> {
    return this.connection.close();
  }
}

function toDocument({ version, atMs = Date.now(), ...rest }: CaptureOf): mongo.OptionalId<mongo.Document> {
  const id = randomBytes(12);
  id.writeUInt32BE(Math.floor(atMs / 1000));
  id.writeUInt16BE(atMs % 1000, 4);
  const source = { model: 'flight-delay', model_version: version, datetime: new Date(atMs), features: FLIGHT };
  return { _id: new Types.ObjectId(id), ...source, ...rest };
}
