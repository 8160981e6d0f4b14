import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const DAY_MS = 86_400_000;

/** A service that answers as Weatherbit's daily history does, and fails first with the statuses it is given. */
export class WeatherStub {
  /** The queries of all requests, in order. */
  readonly asked: URLSearchParams[] = [];
  /** A status for each of the next requests. */
  failures: number[] = [];
  /** The day that is left out of every answer. */
  missingDay: string | undefined;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<WeatherStub> {
    const server = createServer((request, response) => stub.answer(new URL(request.url!, 'http://stub'), response));
    const stub = new WeatherStub(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return stub;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v2.0`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private answer({ pathname, searchParams }: URL, response: ServerResponse): void {
    this.asked.push(searchParams);
    const status = pathname === '/v2.0/history/daily' ? (this.failures.shift() ?? 200) : 404;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(status === 200 ? { city_name: 'stub', data: this.daysOf(searchParams) } : {}));
  }

  private daysOf(query: URLSearchParams): object[] {
    const [first, end] = [Date.parse(query.get('start_date')!), Date.parse(query.get('end_date')!)];
    const days = Array.from({ length: (end - first) / DAY_MS }, (_, i) => new Date(first + i * DAY_MS));
    const named = days.map((day) => day.toISOString().slice(0, 10)).filter((day) => day !== this.missingDay);
    return named.map((datetime) => ({ datetime, clouds: 93, pres: 1011, wind_spd: 5.8, precip: 0.5, snow: 0, rh: 70 }));
  }
}
