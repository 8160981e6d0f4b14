import { acceptedEndings, hasAcceptedEnding } from '@app/convert';
import { ServingError } from '@app/core';
import type { ModelFile } from '@app/registry';
import { userIn } from './user.decorator.js';

/** The parts of an upload that may be files. */
export const FILE_PARTS = ['file', 'signature', 'sample', 'baseline'] as const;
export type FilePart = (typeof FILE_PARTS)[number];

/** A multipart upload as it was read: files and text fields by the names of their parts. */
export interface Upload {
  readonly files: Partial<Readonly<Record<FilePart, readonly Express.Multer.File[]>>>;
  readonly fields: Readonly<Record<string, unknown>>;
}

const LONGEST_NAME = 255;
const LONGEST_NOTE = 10_000;

/** The model file of an upload with what came beside it; `user` is who the headers say it is. */
export function modelFileOf(upload: Upload, user: string | undefined): ModelFile {
  const file = upload.files.file?.[0];
  const [signature, sample, baseline] = [part(upload, 'signature'), part(upload, 'sample'), part(upload, 'baseline')];
  const [tolerance, note, by] = [toleranceIn(upload), noteIn(upload), userIn(upload.fields['user']) ?? user];
  return {
    fileName: fileNameOf(file),
    bytes: file!.buffer,
    ...(signature && { signature: signature.toString('utf8') }),
    ...(sample && { sample }),
    ...(baseline && { baseline }),
    ...(tolerance !== undefined && { tolerance }),
    ...(note !== undefined && { note }),
    ...(by !== undefined && { by }),
  };
}

// The name is kept for people; it never becomes a path.
function fileNameOf(file: Express.Multer.File | undefined): string {
  if (!file) throw refused('UPLOAD_MALFORMED', 'there is no part "file" with a file in the body');
  if (hasAcceptedEnding(file.originalname)) return file.originalname.split(/[\\/]/).at(-1)!.slice(-LONGEST_NAME);
  throw refused('UPLOAD_ENDING', `Only ${acceptedEndings.join(', ')} files are supported.`);
}

// A file or a text, as its sender finds it easier; one without anything in it is none.
function part({ files, fields }: Upload, name: FilePart): Buffer | undefined {
  const text = textIn(fields, name);
  const bytes = files[name]?.[0]?.buffer ?? (text === undefined ? undefined : Buffer.from(text));
  return bytes && bytes.length > 0 ? bytes : undefined;
}

function toleranceIn({ fields }: Upload): number | undefined {
  const text = textIn(fields, 'tolerance')?.trim();
  if (text === undefined || text === '') return undefined;
  if (Number(text) >= 0 && Number(text) < Infinity) return Number(text);
  throw refused('UPLOAD_MALFORMED', `tolerance is ${JSON.stringify(text.slice(0, 100))}, not a number from 0`);
}

function noteIn({ fields }: Upload): string | undefined {
  const note = textIn(fields, 'note');
  if (note === undefined || note.length <= LONGEST_NOTE) return note;
  throw refused('UPLOAD_MALFORMED', `note has more than ${LONGEST_NOTE} characters`);
}

function textIn(fields: Upload['fields'], name: string): string | undefined {
  const value = fields[name];
  if (value === undefined || typeof value === 'string') return value;
  throw refused('UPLOAD_MALFORMED', `part "${name}" came more than once`);
}

function refused(code: string, message: string): ServingError {
  return new ServingError('malformed', code, message);
}
