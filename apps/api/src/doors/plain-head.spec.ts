import { readPlainHead } from './plain-head.js';

const LINE = 'POST /model/predict/ HTTP/1.1';
const head = (...lines: string[]): string => [LINE, 'Host: a', 'Content-Length: 5', ...lines].join('\r\n');

describe('readPlainHead', () => {
  it('reads path, headers in lower case, and the length of the body', () => {
    expect(readPlainHead(head('Content-Type:  application/json', 'X-Empty:', 'x-cafe: é'))).toEqual({
      path: '/model/predict/',
      bodyBytes: 5,
      headers: { host: 'a', 'content-length': '5', 'content-type': 'application/json', 'x-empty': '', 'x-cafe': 'é' },
    });
  });

  it('keeps the blanks within a value', () => {
    expect(readPlainHead(head('X-Routing-Key: \t a \tb'))?.headers['x-routing-key']).toBe('a \tb');
  });

  // Ten thousand times as long where every blank is tried as the first one.
  it('takes about as long for a wrong line of blanks as for one of letters', () => {
    const blanks = fastestOf(5, () => readPlainHead(head(`A:${' '.repeat(16_000)}x `)));
    const letters = fastestOf(5, () => readPlainHead(head(`A:${'a'.repeat(16_000)}x `)));
    expect(blanks / letters).toBeLessThan(100);
  });

  it('gives headers that nobody can change: requests share them', () => {
    expect(Object.isFrozen(readPlainHead(head())!.headers)).toBe(true);
  });

  it.each([
    ['another method', head().replace('POST', 'GET')],
    ['HTTP/1.0', head().replace('1.1', '1.0')],
    ['a query', head().replace('predict/', 'predict/?a=1')],
    ['an escape', head().replace('predict', 'predic%74')],
    ['a whole address', head().replace('/model', 'http://a/model')],
    ['two spaces', head().replace('POST ', 'POST  ')],
    ['no host', head().replace('Host', 'Ghost')],
    ['no length', head().replace('Content-Length', 'Content-Size')],
    ['a length with a sign', head().replace(': 5', ': +5')],
    ['two lengths', head('content-length: 5')],
    ['a header twice', head('X-Routing-Key: a', 'x-routing-key: b')],
    ['a header named like a part of every object', head('constructor: a')],
    ['a space before the colon', head('X-Routing-Key : a')],
    ['a folded line', head('X-Routing-Key: a', ' b')],
    ['a bare line feed', head('X-Routing-Key: a\nX-Model-Version: 1')],
    ['a bare carriage return', head('X-Routing-Key: a\rb')],
    ['a NUL', head('X-Routing-Key: a\0b')],
    ['chunks', head('Transfer-Encoding: chunked')],
    ['an encoding', head('Content-Encoding: gzip')],
    ['an expectation', head('Expect: 100-continue')],
    ['an upgrade', head('Upgrade: h2c')],
    ['the end of the connection', head('Connection: close')],
    ['an empty line', head('', 'a: b')],
    ['a blank at the end', head('X-Routing-Key: a b ')],
  ])('leaves %s to a whole parser', (_, text) => {
    expect(readPlainHead(text)).toBeUndefined();
  });
});

function fastestOf(tries: number, work: () => unknown): number {
  const took = Array.from({ length: tries }, () => {
    const since = performance.now();
    work();
    return performance.now() - since;
  });
  return Math.min(...took);
}
