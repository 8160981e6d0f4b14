import { ClaimedSlices } from './claimed-slices.js';

const rowsOf = (count: number) => ({
  count,
  width: 1,
  numbers: Float64Array.from({ length: count }, (_, i) => i),
  texts: [],
});

describe('slices that two threads take', () => {
  it.each([1, 64, 65, 512, 513, 1000, 20_000])('are each of %i rows once, from both ends', (count) => {
    const mine = new ClaimedSlices(rowsOf(count));
    const others = new ClaimedSlices(rowsOf(count), mine.taken);
    const [front, back]: [number[], number[]] = [[], []];
    const [fromFront, fromBack] = [mine.fromFront(), others.fromBack()];
    // In turn, as two threads of the same pace would.
    for (let ends = 0; ends < 2;) {
      const [first, second] = [fromFront.next(), fromBack.next()];
      if (!first.done) front.push(...first.value.numbers);
      if (!second.done) back.unshift(...second.value.numbers);
      ends = Number(first.done) + Number(second.done);
    }
    expect([...front, ...back]).toEqual([...rowsOf(count).numbers]);
  });

  it('are all of one who is alone', () => {
    const counts = Array.from(new ClaimedSlices(rowsOf(1000)).fromFront(), ({ count }) => count);
    expect(counts).toEqual([128, 128, 128, 128, 128, 128, 128, 104]);
  });

  it('are nobody’s once one has taken all of them', () => {
    const slices = new ClaimedSlices(rowsOf(1000));
    slices.takeAll();
    expect([...slices.fromBack()]).toEqual([]);
  });
});
