import { type NamedFeatures, ServingError } from '@app/core';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

const JSON_TYPE = /^application\/(json|[\w.+-]+\+json)\s*(;\s*charset="?utf-?8"?\s*)?;?$/i;
const DECODER_OPTIONS = { fatal: true, ignoreBOM: false };

/** The body as a JSON object, read strictly: content type, UTF-8, JSON, object, each with its own refusal. */
export const JsonObject = createParamDecorator((_: unknown, context: ExecutionContext): NamedFeatures => {
  const request = context.switchToHttp().getRequest<Request>();
  return parseJsonObject(request.headers['content-type'], request.body as Buffer | undefined);
});

/** The JSON object in a body of bytes. Its keys are own properties, `__proto__` among them. */
export function parseJsonObject(contentType: string | undefined, body: Buffer | undefined): NamedFeatures {
  if (!JSON_TYPE.test(contentType ?? '')) throw contentTypeWrong(contentType);
  const value = parseJson(body ?? Buffer.alloc(0));
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as NamedFeatures;
  const message = `the body is ${describe(value)}; send one JSON object of named features, {"name": value, …}`;
  throw new ServingError('malformed', 'BODY_NOT_AN_OBJECT', message);
}

/** The value in a body of JSON; throws BODY_NOT_JSON. */
export function parseJson(body: Buffer): unknown {
  if (body.length === 0) throw notJson('it is empty');
  try {
    return JSON.parse(new TextDecoder('utf-8', DECODER_OPTIONS).decode(body));
  } catch (cause) {
    throw notJson(cause instanceof SyntaxError ? cause.message : 'it is not UTF-8', cause);
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
