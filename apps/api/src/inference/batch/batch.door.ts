import { Settings } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { Door, DoorAnswer, DoorCall } from '../../doors/door.js';
import { batchOptions } from './batch-options.js';
import { BatchService } from './batch.service.js';
import { piecesOf } from './chunks.js';
import { jsonForm } from './json.form.js';

const PATH = /^\/model\/predict\/batch\/?$/;
const PLAIN_JSON = /^application\/json(;\s*charset=utf-8)?$/i;
// Some thousands of rows. In a larger body what Express costs is lost in what the rows cost, and reading it whole would hold up others.
const MOST_BYTES = 1024 * 1024;
// Far beyond the answer to rows that fit; reasons why rows do not may be a hundred times as long as the rows.
const HELD_CHARACTERS = 1024 * 1024;
// As many as a block of the history holds: a request of a thousand rows is one run of the model, and one document.
const CHUNK_ROWS = 1000;

const PIECE_BYTES = 64 * 1024;
const NO_NAMES = {};

/** POST /model/predict/batch/, at its commonest: a JSON array of rows that is here in one piece. Other batches are the controller's. */
@Injectable()
export class BatchDoor implements Door {
  constructor(
    private readonly batches: BatchService,
    private readonly settings: Settings,
  ) {}

  match(path: string, headers: DoorCall['headers']): DoorCall['params'] | undefined {
    if (!PATH.test(path) || !PLAIN_JSON.test(headers['content-type'] ?? '')) return undefined;
    return Number(headers['content-length']) <= MOST_BYTES ? NO_NAMES : undefined;
  }

  async answer(call: DoorCall): Promise<DoorAnswer> {
    const batch = {
      form: jsonForm,
      body: inPieces(call.body),
      chunkRows: CHUNK_ROWS,
      heldCharacters: HELD_CHARACTERS,
    };
    return this.batches.answer(batch, batchOptions({}, call, this.settings));
  }
}

// As it would come through node:http: what stands in one piece is scored before the next one is read.
async function* inPieces(body: Buffer): AsyncGenerator<Buffer> {
  yield* piecesOf(body, PIECE_BYTES);
}
