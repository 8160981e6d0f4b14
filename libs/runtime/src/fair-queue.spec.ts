import { FairQueue } from './fair-queue.js';

const short = (name: string) => ({ name, isShort: true });
const long = (name: string) => ({ name, isShort: false });

// Does one task after the other; a long one takes 3 ms.
function order(queue: FairQueue<{ name: string; isShort: boolean }>, shortMs = 1): string[] {
  const names: string[] = [];
  for (let task = queue.shift(); task; task = queue.shift()) {
    names.push(task.name);
    queue.account(task, task.isShort ? shortMs : 3);
  }
  return names;
}

describe('FairQueue', () => {
  it('lets short tasks pass long ones for as much time as those took', () => {
    const queue = new FairQueue<{ name: string; isShort: boolean }>();
    for (const name of ['A', 'B', 'C']) queue.push(long(name));
    for (const name of ['1', '2', '3', '4', '5']) queue.push(short(name));
    expect(order(queue)).toEqual(['A', '1', '2', '3', 'B', '4', '5', 'C']);
  });

  it('does not let slow rows keep a batch from its end', () => {
    const queue = new FairQueue<{ name: string; isShort: boolean }>();
    for (const name of ['A', 'B', 'C', 'D', 'E']) queue.push(long(name));
    for (const name of ['1', '2', '3']) queue.push(short(name));
    expect(order(queue, 8)).toEqual(['A', '1', 'B', 'C', '2', 'D', 'E', '3']);
  });

  it('keeps the order among tasks of a kind, and serves short ones alone at once', () => {
    const queue = new FairQueue<{ name: string; isShort: boolean }>();
    for (const name of ['1', '2']) queue.push(short(name));
    expect([queue.length, ...order(queue)]).toEqual([2, '1', '2']);
  });
});
