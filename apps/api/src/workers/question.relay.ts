import type { FromWorker, Respondents, ToWorker } from '@app/platform';
import { OpenQuestion } from './open-question.js';
import type { RetiredCounters } from './retired-counters.js';

/** A worker as the relay sees it. */
export interface Respondent {
  readonly id: number;
  readonly isListening: boolean;
  /** Where it serves, once it does. */
  readonly serving: object | undefined;
  send(message: ToWorker): void;
}

type Ask = Extract<FromWorker, { readonly kind: 'ask' }>;
type Answer = Extract<FromWorker, { readonly kind: 'answer' }>;

/** Takes the questions of workers to all workers, and the answers back. */
export class QuestionRelay {
  private readonly open = new Map<number, OpenQuestion>();
  private lastNumber = 0;

  constructor(
    private readonly workers: () => readonly Respondent[],
    private readonly retired: RetiredCounters,
  ) {}

  /** Takes what a worker says; what is neither a question nor an answer is for others. */
  hear(from: Respondent, message: FromWorker): void {
    if (message.kind === 'listens') this.join();
    if (message.kind === 'ask') this.ask(from, message);
    if (message.kind === 'answer') this.answer(from, message);
  }

  /** Asks all workers to do something that nobody waits for. */
  tell(question: string): void {
    const message = { kind: 'question', id: ++this.lastNumber, question, about: '' } as const;
    for (const worker of this.workers().filter(({ isListening }) => isListening)) worker.send(message);
  }

  /** A worker has ended: whoever waits for it is told so. */
  forget({ id }: Respondent): void {
    for (const question of this.open.values()) question.lose(id);
    this.retired.retire(id);
  }

  // What was asked of all is asked again: the new one is among them, and may take over what another has left.
  private join(): void {
    for (const question of this.open.values()) question.interrupt();
  }

  private ask(asker: Respondent, ask: Ask): void {
    const number = ++this.lastNumber;
    const respondents = this.respondentsOf(asker, ask.of);
    const ids = respondents.map(({ id }) => id);
    const own = this.retired.answersTo(ask.question);
    this.open.set(number, new OpenQuestion({ asker, ask, ids, own }, () => this.open.delete(number)));
    const { question, about } = ask;
    for (const worker of respondents) worker.send({ kind: 'question', id: number, question, about });
  }

  private answer(from: Respondent, answer: Answer): void {
    const open = this.open.get(answer.id);
    if (!open) return;
    if (answer.error === undefined) this.retired.note(from.id, open.question, answer.value);
    open.take(from.id, answer);
  }

  // A worker that asks counts as one that serves: the message that it does may still be on its way.
  private respondentsOf(asker: Respondent, of: Respondents): Respondent[] {
    const isMeant = ({ id, isListening, serving }: Respondent): boolean =>
      of === 'all' ? isListening : serving !== undefined || id === asker.id;
    return this.workers().filter(isMeant);
  }
}
