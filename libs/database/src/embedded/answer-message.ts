import { BSON } from 'bson';
import type { Engine } from './engine.js';
import { filterSession, firstFieldName, offerSessions } from './session-filter.js';
import {
  OP_MSG,
  OP_QUERY,
  operationOf,
  opMsg,
  opReply,
  queryStart,
  requestIdOf,
  wantsNoAnswer,
  WireError,
} from './wire-message.js';

const HELLO = /^(hello|ismaster)$/i;

/** Answers one message of a client through the engine; undefined where the client wants no answer. */
export async function answerMessage(engine: Engine, message: Buffer): Promise<Buffer | undefined> {
  switch (operationOf(message)) {
    case OP_MSG:
      return answerCommand(engine, message);
    case OP_QUERY:
      return answerLegacyHello(engine, message);
    default:
      throw new WireError(`operation ${operationOf(message)}`);
  }
}

async function answerCommand(engine: Engine, message: Buffer): Promise<Buffer | undefined> {
  const verdict = filterSession(message);
  const document =
    verdict.kind === 'answer'
      ? BSON.serialize(verdict.document)
      : await ask(engine, verdict.message, HELLO.test(verdict.name));
  return wantsNoAnswer(message) ? undefined : opMsg(document, { responseTo: requestIdOf(message) });
}

async function answerLegacyHello(engine: Engine, message: Buffer): Promise<Buffer> {
  const name = firstFieldName(message, queryStart(message));
  if (!HELLO.test(name)) throw new WireError(`an OP_QUERY ${name}`);
  return opReply(await ask(engine, message, true), requestIdOf(message));
}

async function ask(engine: Engine, message: Buffer, isHello: boolean): Promise<Uint8Array> {
  const { response } = await engine.roundTrip(message);
  if (!isHello) return response;
  return BSON.serialize(offerSessions(BSON.deserialize(response, { promoteValues: false })));
}
