import { BSON, type Document } from 'bson';
import type { Engine } from './engine.js';
import { opMsg } from './wire-message.js';

/** Runs a command on a database and answers with its answer; an error of the server is thrown. */
export type RunCommand = (database: string, command: Document) => Promise<Document>;

/** Commands of our own to an engine in this process. */
export function engineCommands(engine: Engine): RunCommand {
  return async (database, command) => {
    const { response } = await engine.roundTrip(opMsg(BSON.serialize({ ...command, $db: database }), { request: 1 }));
    const answer = BSON.deserialize(response);
    if (answer.ok !== 1) throw new Error(`${Object.keys(command)[0]} on ${database}: ${answer.errmsg}`);
    return answer;
  };
}
