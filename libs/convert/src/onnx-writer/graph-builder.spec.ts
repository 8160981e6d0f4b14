import { GraphBuilder } from './graph-builder.js';

describe('GraphBuilder', () => {
  it('shares small constants that are equal to the bit, and keeps 0 and -0 apart', () => {
    const g = new GraphBuilder();
    expect(g.scalar(1).name).toBe(g.scalar(1).name);
    expect(g.scalar(0).name).not.toBe(g.scalar(-0).name);
    expect(g.doubles([1]).name).not.toBe(g.scalar(1).name);
    expect(g.strings(['a', 'b']).name).toBe(g.strings(['a', 'b']).name);
    expect(g.strings(['a,b']).name).not.toBe(g.strings(['a', 'b']).name);
  });

  it('refuses a value of another graph, data that does not fill its dims, and a name that is taken', () => {
    const [g, other] = [new GraphBuilder(), new GraphBuilder()];
    const x = g.input('x');
    expect(() => other.exp(x)).toThrow('belongs to another graph');
    expect(() => g.doubles([1, 2], [3])).toThrow('2 elements do not fill [3]');
    expect(() => g.input('x')).toThrow('declared twice');
  });

  it('writes eight megabytes in tens of milliseconds', () => {
    const g = new GraphBuilder();
    g.output('score', g.add(g.input('x'), g.doubles(new Float64Array(1_000_000))));
    const start = performance.now();
    expect(g.build().length).toBeGreaterThan(8_000_000);
    expect(performance.now() - start).toBeLessThan(500);
  });
});
