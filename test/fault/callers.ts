import { once } from 'node:events';
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { FLIGHT } from '../setup/service.js';

const BODY = JSON.stringify(FLIGHT);
const GIVE_UP_MS = 4_000;
const PAUSE_AFTER_ERROR_MS = 50;

/** An answer that is not a 200. */
export interface Refusal {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly retryAfter: string | undefined;
  readonly problem: { readonly code?: string; readonly detail?: string };
}

/** A request that got no whole answer; `wasAccepted` where the server had answered on that connection before. */
export interface Break {
  readonly code: string;
  readonly wasAccepted: boolean;
}

/** Callers that predict one after another, each on a connection of its own that is kept alive, until they are stopped. */
export class Callers {
  readonly acknowledged: string[] = [];
  readonly refusals: Refusal[] = [];
  readonly breaks: Break[] = [];
  private isStopped = false;
  private readonly ended: Promise<void>[];

  constructor(
    private readonly url: string,
    { count, pauseMs = 0 }: { readonly count: number; readonly pauseMs?: number },
  ) {
    this.ended = Array.from({ length: count }, () => this.callAgainAndAgain(pauseMs));
  }

  /** Returns once the last answer has come. */
  async stop(): Promise<void> {
    this.isStopped = true;
    await Promise.all(this.ended);
  }

  private async callAgainAndAgain(pauseMs: number): Promise<void> {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    while (!this.isStopped) {
      await this.call(agent);
      if (pauseMs > 0) await sleep(pauseMs);
    }
    agent.destroy();
  }

  private async call(agent: Agent): Promise<void> {
    const headers = { 'content-type': 'application/json', 'content-length': BODY.length };
    const outgoing = request(`${this.url}/model/predict/`, { method: 'POST', headers, agent, timeout: GIVE_UP_MS });
    outgoing.once('timeout', () => outgoing.destroy(Object.assign(new Error('no answer'), { code: 'TIMEOUT' })));
    try {
      await this.note(await answerOf(outgoing));
    } catch (error) {
      const { code = 'UNKNOWN' } = error as NodeJS.ErrnoException;
      this.breaks.push({ code, wasAccepted: outgoing.reusedSocket });
      await sleep(PAUSE_AFTER_ERROR_MS);
    }
  }

  private async note(response: IncomingMessage): Promise<void> {
    const body = JSON.parse(await text(response)) as { id: string };
    const { 'content-type': contentType, 'retry-after': retryAfter } = response.headers;
    if (response.statusCode === 200) this.acknowledged.push(body.id);
    else this.refusals.push({ status: response.statusCode!, contentType, retryAfter, problem: body as object });
  }
}

async function answerOf(outgoing: ClientRequest): Promise<IncomingMessage> {
  outgoing.end(BODY);
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  return response;
}
