import { isUtf8 } from 'node:buffer';
import { type NamedFeatures, ServingError } from '@app/core';

const JSON_TYPE = /^application\/(json|[\w.+-]+\+json)\s*(;\s*charset="?utf-?8"?\s*)?;?$/i;
const BYTE_ORDER_MARK = '\uFEFF';

/** The JSON object in a body of bytes, read strictly: content type, UTF-8, JSON, object. Its keys are own properties, `__proto__` among them. */
export function parseJsonObject(contentType: string | undefined, body: Buffer): NamedFeatures {
  if (!JSON_TYPE.test(contentType ?? '')) throw contentTypeWrong(contentType);
  const value = parseJson(body);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as NamedFeatures;
  const message = `the body is ${describe(value)}; send one JSON object of named features, {"name": value, …}`;
  throw new ServingError('malformed', 'BODY_NOT_AN_OBJECT', message);
}

/** The value in a body of JSON; throws BODY_NOT_JSON. */
export function parseJson(body: Buffer): unknown {
  if (body.length === 0) throw notJson('it is empty');
  if (!isUtf8(body)) throw notJson('it is not UTF-8');
  const text = body.toString();
  try {
    return JSON.parse(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);
  } catch (cause) {
    throw notJson((cause as SyntaxError).message, cause);
  }
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

function notJson(reason: string, cause?: unknown): ServingError {
  return new ServingError('malformed', 'BODY_NOT_JSON', `the body is not JSON: ${reason}`, { cause });
}

function contentTypeWrong(contentType: string | undefined): ServingError {
  const came = contentType === undefined ? 'there is no Content-Type' : `Content-Type ${contentType} is not taken`;
  return new ServingError('unsupported-type', 'CONTENT_TYPE_WRONG', `${came}; send application/json in UTF-8`);
}
