import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { type Connection, mongo, type Types } from 'mongoose';

/** Keeps the bytes of model files in GridFS. */
@Injectable()
export class ArtifactStore {
  constructor(@InjectConnection() private readonly connection: Connection) {}

  /** Stores bytes and returns their id; on disk when it returns. */
  async put(fileName: string, bytes: Uint8Array): Promise<Types.ObjectId> {
    const upload = this.bucket().openUploadStream(fileName);
    await pipeline(Readable.from([bytes]), upload);
    return upload.id;
  }

  /** The bytes of an id; rejects where there are none. */
  async get(id: Types.ObjectId): Promise<Buffer> {
    return Buffer.concat(await this.bucket().openDownloadStream(id).toArray());
  }

  private bucket(): mongo.GridFSBucket {
    return new mongo.GridFSBucket(this.connection.db!, {
      bucketName: 'artifacts',
      writeConcern: { w: 1, journal: true },
    });
  }
}
