import { ServingError } from '@app/core';
import type { Answers, PrimaryChannel, Question, Respondents, ToWorker } from './worker.messages.js';

/** Answers a question in this process. */
export type Answerer = (about: string) => unknown;

/** How a question is asked. */
export interface Asking {
  readonly about?: string;
  readonly of?: Respondents;
  readonly withinMs: number;
}

/** The processes that serve on one port: this one alone, or several workers that ask one another through their primary process. */
export class Workers {
  private readonly answerers = new Map<string, Answerer>();
  private readonly waiting = new Map<number, (answers: Answers) => void>();
  private lastId = 0;
  private isClosed = false;

  constructor(private readonly primary?: PrimaryChannel) {
    primary?.listen((message) => this.hear(message));
  }

  get areSeveral(): boolean {
    return this.primary !== undefined;
  }

  /** Says how this process answers a question. */
  answer(question: string, answerer: Answerer): void {
    this.answerers.set(question, answerer);
  }

  /** What every worker answers, this one too; throws WORKER_SILENT where one does not answer in time. */
  async ask<T>(question: string, { about = '', of = 'all', withinMs }: Asking): Promise<T[]> {
    if (!this.primary) return [(await this.answerHere({ question, about })) as T];
    const deadlineMs = performance.now() + withinMs;
    for (;;) {
      const leftMs = Math.max(0, deadlineMs - performance.now());
      const { values, missing } = await this.askPrimary(this.primary, { question, about, of, withinMs: leftMs });
      if (missing === undefined) return values.filter((value) => value !== undefined) as T[];
      // Whoever takes over what an ended worker has left is among those that are asked again.
      if (missing !== 'changed') throw silent();
    }
  }

  /** Ends what waits: the primary process is gone. */
  close(): void {
    this.isClosed = true;
    for (const [id, resolve] of this.waiting) resolve({ kind: 'answers', id, values: [], missing: 'failed' });
    this.waiting.clear();
  }

  private askPrimary(primary: PrimaryChannel, asking: Question & Required<Asking>): Promise<Answers> {
    const id = ++this.lastId;
    if (this.isClosed) return Promise.resolve({ kind: 'answers', id, values: [], missing: 'failed' });
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      primary.send({ kind: 'ask', id, ...asking });
    });
  }

  private hear(message: ToWorker): void {
    if (message.kind === 'question') void this.reply(message.id, message);
    if (message.kind !== 'answers') return;
    this.waiting.get(message.id)?.(message);
    this.waiting.delete(message.id);
  }

  private async reply(id: number, question: Question): Promise<void> {
    try {
      this.primary!.send({ kind: 'answer', id, value: await this.answerHere(question) });
    } catch (error) {
      this.primary!.send({ kind: 'answer', id, error: String(error) });
    }
  }

  // Nothing where nobody answers here yet: the service is just being made, and has nothing to tell.
  private async answerHere({ question, about }: Question): Promise<unknown> {
    return this.answerers.get(question)?.(about);
  }
}

function silent(): ServingError {
  const message = 'a worker of this service does not answer; try again';
  return new ServingError('unavailable', 'WORKER_SILENT', message, { retryAfterSeconds: 1 });
}
