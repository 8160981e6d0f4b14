// The relay between real `Workers`, joined by queues in place of processes.
import { type FromWorker, type ToWorker, Workers } from '@app/platform';
import { QuestionRelay, type Respondent } from './question.relay.js';
import { RetiredCounters } from './retired-counters.js';

/** A worker without a process: what it is told and what it tells arrives a moment later. */
class NearWorker implements Respondent {
  isListening = true;
  serving: object | undefined = {};
  readonly workers: Workers;
  private hear: (message: ToWorker) => void = () => undefined;

  constructor(
    readonly id: number,
    tell: (from: NearWorker, message: FromWorker) => void,
  ) {
    this.workers = new Workers({
      send: (message) => queueMicrotask(() => tell(this, message)),
      listen: (hear) => (this.hear = hear),
    });
  }

  send(message: ToWorker): void {
    queueMicrotask(() => this.hear(message));
  }
}

const ASKING = { withinMs: 1_000 };
const NEVER = new Promise<never>(() => undefined);

describe('questions among workers', () => {
  let all: NearWorker[];
  let relay: QuestionRelay;
  let one: NearWorker;
  let other: NearWorker;
  const add = (id: number): NearWorker => {
    const worker = new NearWorker(id, (from, message) => relay.hear(from, message));
    worker.workers.answer('who', () => id);
    all.push(worker);
    return worker;
  };
  const end = (worker: NearWorker): void => {
    all = all.filter((each) => each !== worker);
    relay.forget(worker);
  };
  beforeEach(() => {
    all = [];
    relay = new QuestionRelay(() => all, new RetiredCounters());
    [one, other] = [add(1), add(2)];
  });

  it('are answered by every worker, the one that asks too', async () => {
    expect(new Set(await one.workers.ask<number>('who', ASKING))).toEqual(new Set([1, 2]));
  });

  it('carry what they are about', async () => {
    for (const { workers } of all) workers.answer('twice', (about) => about + about);
    expect(await one.workers.ask('twice', { about: 'a', ...ASKING })).toEqual(['aa', 'aa']);
  });

  it('are asked again where a worker ends meanwhile, so that whoever took over from it answers after that', async () => {
    const answers = ['before', 'after'];
    one.workers.answer('state', () => answers.shift());
    other.workers.answer('state', () => NEVER);
    const asked = one.workers.ask('state', ASKING);
    await new Promise(setImmediate);
    end(other);
    expect(await asked).toEqual(['after']);
  });

  it('are asked again of all where a worker comes meanwhile', async () => {
    let answer = NEVER as Promise<string>;
    other.workers.answer('state', () => answer);
    const asked = one.workers.ask('state', ASKING);
    await new Promise(setImmediate);
    answer = Promise.resolve('at last');
    relay.hear(add(3), { kind: 'listens' });
    expect(await asked).toEqual(['at last']);
  });

  it('do not wait for a worker that does not serve yet, where only those that do are meant', async () => {
    other.serving = undefined;
    expect(await one.workers.ask('who', { of: 'serving', ...ASKING })).toEqual([1]);
  });

  it('are not put to a worker that does not hear them yet', async () => {
    other.isListening = false;
    expect(await one.workers.ask('who', ASKING)).toEqual([1]);
  });

  it('are refused where a worker does not answer in time, or cannot', async () => {
    const silent = expect.objectContaining({ code: 'WORKER_SILENT' }) as unknown;
    other.workers.answer('slow', () => NEVER);
    await expect(one.workers.ask('slow', { withinMs: 10 })).rejects.toEqual(silent);
    other.workers.answer('broken', () => Promise.reject(new Error('no')));
    await expect(one.workers.ask('broken', ASKING)).rejects.toEqual(silent);
  });

  it('are refused once the primary process is gone', async () => {
    other.workers.answer('slow', () => NEVER);
    const asked = one.workers.ask('slow', ASKING);
    one.workers.close();
    await expect(asked).rejects.toMatchObject({ code: 'WORKER_SILENT' });
    end(one);
  });

  it('are answered at once by a process that is alone', async () => {
    const alone = new Workers();
    alone.answer('who', () => 'me');
    expect(await alone.ask('who', ASKING)).toEqual(['me']);
  });
});

describe('the numbers of workers that have ended', () => {
  const counter = (value: number) => ({ name: 'n_total', help: 'n', type: 'counter', values: [{ value, labels: {} }] });
  const gauge = { name: 'g', help: 'g', type: 'gauge', values: [{ value: 5, labels: {} }] };

  it('still count where they only grow, as they were last shown', () => {
    const retired = new RetiredCounters();
    retired.note(1, 'metrics', [counter(2), gauge]);
    retired.note(1, 'metrics', [counter(3), gauge]);
    retired.note(2, 'metrics', [counter(10), gauge]);
    retired.retire(1);
    expect(retired.answersTo('metrics')).toEqual([[expect.objectContaining({ ...counter(3) })]]);
    retired.retire(2);
    expect(retired.answersTo('metrics')).toEqual([[expect.objectContaining({ ...counter(13) })]]);
    expect(retired.answersTo('health')).toEqual([]);
  });
});
