import { onDemand, UUID, type Document } from 'bson';
import { commandRange, withCommand } from './wire-message.js';

/** What becomes of a command: the engine gets it, without its session, or we answer in the engine's place. */
export type Verdict =
  | { readonly kind: 'pass'; readonly message: Buffer; readonly name: string }
  | { readonly kind: 'answer'; readonly document: Document };

type Element = readonly [type: number, nameOffset: number, nameLength: number, offset: number, length: number];

/** The first four of these end the engine's process with SIGSEGV (0.1.1); it knows no sessions anyway. */
const SESSION_COMMANDS = new Set([
  'endSessions',
  'startSession',
  'refreshSessions',
  'killAllSessions',
  'killSessions',
  'killAllSessionsByPattern',
]);
const TRANSACTION_COMMANDS = new Set(['commitTransaction', 'abortTransaction']);
const TRANSACTION_FIELDS = ['autocommit', 'startTransaction'];
const SESSION_FIELDS = new Set(['lsid', 'txnNumber', '$clusterTime']);
const SESSION_MINUTES = 30;

/** Keeps sessions and transactions away from the engine; the command's other bytes pass as they came. */
export function filterSession(message: Buffer): Verdict {
  const range = commandRange(message);
  const command = message.subarray(range.start, range.end);
  const elements = [...onDemand.parseToElements(command)] as Element[];
  const names = elements.map((element) => nameOf(command, element));
  const name = commandName(names);
  const answer = answerInstead(name, names);
  if (answer) return { kind: 'answer', document: answer };
  if (!names.some((name) => SESSION_FIELDS.has(name))) return { kind: 'pass', message, name };
  const kept = elements.filter((_, i) => !SESSION_FIELDS.has(names[i]!));
  return { kind: 'pass', message: withCommand(message, range, documentOf(command, kept)), name };
}

/** The name of the first field of the document at an offset. */
export function firstFieldName(bytes: Buffer, start: number): string {
  return bytes.toString('latin1', start + 5, bytes.indexOf(0, start + 5));
}

/** What a server with sessions adds to its hello. */
export function offerSessions(hello: Document): Document {
  return { ...hello, logicalSessionTimeoutMinutes: SESSION_MINUTES };
}

// The engine looks past `$db`, wherever it stands.
function commandName(names: readonly string[]): string {
  return names.find((name) => name !== '$db') ?? '';
}

function answerInstead(name: string, names: readonly string[]): Document | undefined {
  if (name === 'startSession') return { id: { id: new UUID() }, timeoutMinutes: SESSION_MINUTES, ok: 1 };
  if (SESSION_COMMANDS.has(name)) return { ok: 1 };
  if (TRANSACTION_COMMANDS.has(name) || TRANSACTION_FIELDS.some((field) => names.includes(field)))
    return NO_TRANSACTIONS;
  return undefined;
}

const NO_TRANSACTIONS: Document = {
  ok: 0,
  errmsg: 'the embedded database has no transactions; set MONGODB_URI to a replica set for them',
  code: 263,
  codeName: 'OperationNotSupportedInTransaction',
};

function nameOf(command: Buffer, [, nameOffset, nameLength]: Element): string {
  return command.toString('latin1', nameOffset, nameOffset + nameLength);
}

function documentOf(command: Buffer, elements: readonly Element[]): Buffer {
  const fields = elements.map(([, nameOffset, , offset, length]) => command.subarray(nameOffset - 1, offset + length));
  const document = Buffer.concat([Buffer.alloc(4), ...fields, Buffer.alloc(1)]);
  document.writeInt32LE(document.length, 0);
  return document;
}
