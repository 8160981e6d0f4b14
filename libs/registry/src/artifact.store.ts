import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { type Connection, mongo, type Types } from 'mongoose';

const PIECE_BYTES = 1024 * 1024;

/** Keeps the bytes of model files in GridFS. */
@Injectable()
export class ArtifactStore {
  constructor(@InjectConnection() private readonly connection: Connection) {}

  /** Stores bytes and returns their id; on disk when it returns. */
  async put(fileName: string, bytes: Uint8Array): Promise<Types.ObjectId> {
    const upload = this.bucket().openUploadStream(fileName);
    await pipeline(Readable.from(piecesOf(bytes)), upload);
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

// One write of everything would put all of its chunks into messages in one go, and hold up the service meanwhile.
function* piecesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
}
