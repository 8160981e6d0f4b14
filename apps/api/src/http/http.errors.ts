import type { ErrorCodes } from '@app/core';

/** Error codes of the doors: requests that are wrong before any model is asked. */
export const httpErrors = {
  BODY_NOT_JSON: { kind: 'malformed', meaning: 'The body is not JSON in UTF-8.' },
  BODY_NOT_AN_OBJECT: { kind: 'malformed', meaning: 'The body is JSON, but not an object of named features.' },
  CONTENT_TYPE_WRONG: {
    kind: 'unsupported-type',
    meaning: 'The Content-Type or Content-Encoding is not one that the route takes.',
  },
  QUERY_INVALID: { kind: 'malformed', meaning: 'A query parameter is unknown or has a wrong value.' },
  HEADER_INVALID: { kind: 'malformed', meaning: 'A header has a wrong value.' },
  UPLOAD_MALFORMED: { kind: 'malformed', meaning: 'The multipart body is broken or has no part `file` with a file.' },
  UPLOAD_ENDING: {
    kind: 'malformed',
    meaning: 'The name of the uploaded file does not end in one of the accepted endings.',
  },
  UPLOAD_TOO_LARGE: { kind: 'too-large', meaning: 'The uploaded file is larger than MAX_UPLOAD_BYTES.' },
  UPLOADS_BUSY: { kind: 'too-many', meaning: 'As many uploads as MAX_UPLOADS are being read already.' },
  NOTE_INVALID: { kind: 'invalid-input', meaning: 'The body has no note, or more than that.' },
  NOT_READY: { kind: 'unavailable', meaning: 'The service cannot predict now; the detail says why.' },
} as const satisfies ErrorCodes;

/** Codes of the problems that the framework finds by itself, by their status. */
export const statusCodes: Readonly<Record<number, { readonly code: string; readonly meaning: string }>> = {
  400: {
    code: 'REQUEST_MALFORMED',
    meaning: 'The request is not one that HTTP allows, or its body is not encoded as it says.',
  },
  404: { code: 'ROUTE_UNKNOWN', meaning: 'There is no such path.' },
  405: {
    code: 'METHOD_NOT_ALLOWED',
    meaning: 'The path does not take this method; `Allow` names those that it takes.',
  },
  413: { code: 'BODY_TOO_LARGE', meaning: 'The body is larger than MAX_BODY_BYTES.' },
  415: { code: 'CONTENT_TYPE_WRONG', meaning: 'The Content-Type or Content-Encoding is not one that the route takes.' },
  500: { code: 'INTERNAL', meaning: 'A fault of the service; the log has it under the request id in `instance`.' },
};
