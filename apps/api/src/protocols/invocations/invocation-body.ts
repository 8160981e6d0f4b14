import { isUtf8 } from 'node:buffer';
import { isNumberCell, ServingError } from '@app/core';
import { recordsOf } from '../../inference/batch/csv.form.js';
import { parseJson } from '../../http/json-object.js';
import { type InvocationRows, textRows } from './invocation-rows.js';
import { bodyInvalid } from './invocations.errors.js';
import { rowsOfJson, rowsOfList } from './json-body.js';

const READERS = new Map<string, (body: Buffer) => InvocationRows | Promise<InvocationRows>>([
  ['application/json', (body) => rowsOfJson(parseJson(body))],
  ['application/jsonlines', rowsOfLines],
  ['application/x-jsonlines', rowsOfLines],
  ['text/csv', rowsOfCsv],
]);

/** The rows of a body, by its content type; a body without one is JSON. */
export async function readInvocation(contentType: string | undefined, body: Buffer): Promise<InvocationRows> {
  const [type, ...parameters] = (contentType ?? 'application/json').split(';');
  const charset = parameters.find((parameter) => /^\s*charset=/i.test(parameter));
  const read = READERS.get(type!.trim().toLowerCase());
  if (!read || (charset !== undefined && !/utf-?8/i.test(charset))) throw typeWrong(contentType);
  if (!isUtf8(body)) throw bodyInvalid('the body is not UTF-8');
  const rows = await read(body);
  if (rows.count === 0) throw bodyInvalid('the body has no rows');
  return rows;
}

function rowsOfLines(body: Buffer): InvocationRows {
  const lines = body.toString('utf8').split('\n');
  const values = lines.filter((line) => line.trim() !== '').map((line) => parseJson(Buffer.from(line)));
  return rowsOfList(values);
}

// SageMaker sends no header, MLflow does: a first row that is all numbers is a row.
async function rowsOfCsv(body: Buffer): Promise<InvocationRows> {
  const records: (readonly string[])[] = [];
  for await (const some of recordsOf(once(body), body.length + 1)) records.push(...some.map(({ record }) => record));
  const [first, ...rest] = records;
  if (!first || first.every(isNumberCell)) return textRows(undefined, records);
  return textRows(
    first.map((name) => name.trim()),
    rest,
  );
}

// oxlint-disable-next-line typescript/require-await -- one chunk, in the shape of a stream
async function* once(body: Buffer): AsyncGenerator<Buffer> {
  yield body;
}

function typeWrong(contentType: string | undefined): ServingError {
  const message = `Content-Type ${contentType} is not taken; send ${[...READERS.keys()].join(', ')} in UTF-8`;
  return new ServingError('unsupported-type', 'CONTENT_TYPE_WRONG', message);
}
