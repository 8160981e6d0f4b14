import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { FLIGHT, startService, type TestService } from '../setup/service.js';

const HEAD = 'POST /model/predict/ HTTP/1.1\r\nHost: scorekeeper\r\nContent-Type: application/json\r\n';

describe('a client that is too slow', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService({ REQUEST_TIMEOUT_MS: '1000', HEADERS_TIMEOUT_MS: '500' });
  });
  afterAll(() => service.stop());

  const firstAnswer = async (text: string): Promise<string> => {
    const { hostname, port } = new URL(service.url);
    const socket: Socket = connect(Number(port), hostname);
    socket.write(text);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    return answer.toString();
  };

  it.each([
    ['its headers', HEAD],
    ['its body', `${HEAD}Content-Length: 100\r\n\r\n{`],
  ])('with %s gets a 408 and keeps nobody else waiting', async (_, text) => {
    const late = firstAnswer(text);
    expect((await service.predict(FLIGHT)).status).toBe(200);
    expect(await late).toMatch(/^HTTP\/1\.1 408 /);
  });
});
