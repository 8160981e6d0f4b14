import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { ArrivalLimit } from './arrival-limit.js';

const LIMIT_MS = 100;
const SLOW_ANSWER_MS = 1_200;
const STREAMED = '/model/predict/batch/';

describe('ArrivalLimit', () => {
  let server: Server;
  let port: number;
  beforeAll(async () => {
    server = createServer();
    const limit = new ArrivalLimit(server, LIMIT_MS);
    server.on('request', (request, response) => {
      limit.watch(request, response);
      // As a batch is read: what has come lies there while the service is at work.
      if (request.url === STREAMED)
        return void setTimeout(() => request.resume().on('end', () => response.end('scored')), SLOW_ANSWER_MS);
      if (request.method === 'POST') request.resume();
      setTimeout(() => response.end('late, but whole'), SLOW_ANSWER_MS);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(() => void server.close());

  it('leaves a request that has arrived all the time that its answer takes', async () => {
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('late, but whole');
    const posted = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: 'all of it' });
    expect(await posted.text()).toBe('late, but whole');
  });

  it('leaves a batch the time that the service takes to read it', async () => {
    const posted = await fetch(`http://127.0.0.1:${port}${STREAMED}`, { method: 'POST', body: 'a batch' });
    expect(await posted.text()).toBe('scored');
  });

  it('breaks off a batch whose client falls silent when it is its turn', async () => {
    const socket = connect(port, '127.0.0.1');
    socket.write(`POST ${STREAMED} HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n`);
    const begun = Date.now();
    await once(socket, 'close');
    expect(Date.now() - begun).toBeLessThan(SLOW_ANSWER_MS);
  });

  it('ends a request that does not arrive, with a 408', async () => {
    const socket = connect(port, '127.0.0.1');
    socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nonly a part');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 408 /);
    socket.destroy();
  });
});
