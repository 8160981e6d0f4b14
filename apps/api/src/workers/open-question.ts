import type { Answers, FromWorker } from '@app/platform';
import type { Respondent } from './question.relay.js';

/** What is asked, and of whom. */
export interface Inquiry {
  readonly asker: Respondent;
  readonly ask: Extract<FromWorker, { readonly kind: 'ask' }>;
  /** The workers that answer. */
  readonly ids: readonly number[];
  /** What the primary process has to say itself. */
  readonly own: readonly unknown[];
}

/** A question that not all workers have answered yet. */
export class OpenQuestion {
  private readonly waitingFor: Set<number>;
  private readonly values: unknown[];
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly inquiry: Inquiry,
    private readonly onEnd: () => void,
  ) {
    this.waitingFor = new Set(inquiry.ids);
    this.values = [...inquiry.own];
    this.timer = setTimeout(() => this.end('late'), inquiry.ask.withinMs);
  }

  get question(): string {
    return this.inquiry.ask.question;
  }

  take(id: number, { value, error }: { readonly value?: unknown; readonly error?: string }): void {
    if (error !== undefined) return this.end('failed');
    this.values.push(value);
    this.waitingFor.delete(id);
    if (this.waitingFor.size === 0) this.end();
  }

  /** A worker has ended: if it has answered or not, somebody may have taken over what it left, and must be asked again. */
  lose(id: number): void {
    if (this.inquiry.ids.includes(id)) this.end('changed');
  }

  /** A worker has come: what is asked of all concerns it, too. */
  interrupt(): void {
    if (this.inquiry.ask.of === 'all') this.end('changed');
  }

  private end(missing?: Answers['missing']): void {
    clearTimeout(this.timer);
    this.onEnd();
    const { asker, ask } = this.inquiry;
    asker.send({ kind: 'answers', id: ask.id, values: this.values, ...(missing && { missing }) });
  }
}
