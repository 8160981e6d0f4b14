import { createGunzip, createInflate } from 'node:zlib';
import { ServingError } from '@app/core';
import type { Request } from 'express';
import type { BatchForm } from './batch-row.js';
import { batchMalformed } from './batch.errors.js';
import { csvForm } from './csv.form.js';
import { jsonForm } from './json.form.js';
import { ndjsonForm } from './ndjson.form.js';

const FORMS = new Map<string, BatchForm>([
  ['text/csv', csvForm],
  ['application/json', jsonForm],
  ['application/x-ndjson', ndjsonForm],
  ['application/ndjson', ndjsonForm],
  ['application/jsonl', ndjsonForm],
  ['application/jsonlines', ndjsonForm],
  ['application/x-jsonlines', ndjsonForm],
]);

const UTF8 = /^\s*charset="?utf-?8"?\s*$/i;

/** The form that a batch is sent in; throws CONTENT_TYPE_WRONG for one that is not taken. */
export function formOf(contentType = ''): BatchForm {
  const [type, ...parameters] = contentType.split(';');
  const charset = parameters.find((parameter) => /^\s*charset=/i.test(parameter));
  const form = FORMS.get(type!.trim().toLowerCase());
  if (form && (charset === undefined || UTF8.test(charset))) return form;
  throw typeWrong(
    `Content-Type ${contentType || '(none)'} is not taken; send ${[...FORMS.keys()].join(', ')} in UTF-8`,
  );
}

/** The bytes of a batch, unpacked as they come. */
export function unpacked(request: Request): AsyncIterable<Buffer> {
  const encoding = (request.headers['content-encoding'] ?? 'identity').toLowerCase();
  // A reader that stops early must not take the connection with it: the answer is still to be sent.
  if (encoding === 'identity') return request.iterator({ destroyOnReturn: false });
  const unpack = encoding === 'gzip' ? createGunzip() : encoding === 'deflate' ? createInflate() : undefined;
  if (!unpack) throw typeWrong(`Content-Encoding ${encoding} is not taken; send gzip, deflate or none`);
  request.once('error', (error) => unpack.destroy(error));
  return packedRight(request.pipe(unpack));
}

async function* packedRight(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* bytes;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw code?.startsWith('Z_') ? batchMalformed(`it cannot be unpacked any further: ${message}`) : error;
  }
}

function typeWrong(message: string): ServingError {
  return new ServingError('unsupported-type', 'CONTENT_TYPE_WRONG', message);
}
