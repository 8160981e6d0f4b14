import { chunksOf, inTurns } from './chunks.js';

describe('chunks', () => {
  it('have one size, whatever the lists that the items come in', async () => {
    const lists = [[1], [2, 3, 4, 5, 6], [], [7]];
    expect(await all(chunksOf(of(lists), 3))).toEqual([[1, 2, 3], [4, 5, 6], [7]]);
  });
});

describe('items in turns', () => {
  it('come one a turn of the event loop while nothing else is asked for', async () => {
    const turns = await turnsBefore(items(5), () => 0);
    expect(turns.slice(1)).toEqual([1, 1, 1, 1]);
  });

  it('come after a rest, in which the loop sleeps, each time that something was asked for', async () => {
    let asked = 0;
    const startedAt = performance.now();
    await all(inTurns(items(11), () => asked++));
    // Ten rests of a millisecond: a timer waits at least that long, however busy the machine is.
    expect(performance.now() - startedAt).toBeGreaterThan(5);
  });

  it('come one a turn again when nothing has been asked for over a few of them', async () => {
    let asked = 0;
    const turns = await turnsBefore(items(12), () => (asked < 3 ? asked++ : asked));
    expect(turns.slice(-3)).toEqual([1, 1, 1]);
  });
});

/** How many turns of the event loop passed before each of the items. */
async function turnsBefore(from: AsyncIterable<number>, asked: () => number): Promise<number[]> {
  let turns = 0;
  let isOver = false;
  const turn = (): void => void setImmediate(() => (turns++, isOver || turn()));
  const counted: number[] = [];
  turn();
  for await (const _ of inTurns(from, asked)) {
    counted.push(turns);
    turns = 0;
  }
  isOver = true;
  return counted;
}

async function* of<T>(list: readonly T[]): AsyncGenerator<T> {
  yield* list;
}

function items(count: number): AsyncIterable<number> {
  return of(Array.from({ length: count }, (_, i) => i));
}

async function all<T>(from: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of from) list.push(item);
  return list;
}
