import { FLIGHT, jsonPost, ONNX_MODEL, SHIPPED_MODEL, type TestService } from './service.js';

/** An answer of the registry's routes. */
export interface Answer {
  readonly status: number;
  readonly body: Body;
}

interface Body extends Readonly<Record<string, unknown>> {
  readonly models?: readonly unknown[];
  readonly versions?: readonly { readonly role: string }[];
  readonly events?: readonly Readonly<Record<string, unknown>>[];
  readonly errors?: readonly { readonly feature: string; readonly problem: string }[];
  readonly features?: readonly { readonly name: string; readonly quantiles?: unknown }[];
}

/** The registry's routes as a test asks them. */
export class RegistryClient {
  constructor(private readonly service: TestService) {}

  async ask(method: string, path: string, init: RequestInit = {}): Promise<Answer> {
    const response = await this.service.fetch(path, { ...init, method });
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Body) };
  }

  get(path: string): Promise<Answer> {
    return this.ask('GET', path);
  }

  send(method: string, path: string, value: unknown): Promise<Answer> {
    return this.ask(method, path, { ...jsonPost(value), method });
  }

  /** Uploads a model file with other parts beside it. */
  load(path: string, parts: Readonly<Record<string, string | Blob>> = {}, bytes: Uint8Array = ONNX_MODEL) {
    const body = new FormData();
    body.set('file', new Blob([Uint8Array.from(bytes)]), bytes === SHIPPED_MODEL ? 'model.pkl' : 'model.onnx');
    for (const [name, value] of Object.entries(parts)) body.set(name, value);
    return this.ask('POST', path, { body });
  }

  /** Makes that many versions that are not live. */
  async register(times = 1): Promise<void> {
    for (let i = 0; i < times; i++) await this.load('/model/load/?activate=false');
  }

  /** The version and the score that the flight of the README gets. */
  async predict(): Promise<{ readonly model_version: number; readonly score: number }> {
    return (await this.service.predict(FLIGHT)).json() as Promise<{ model_version: number; score: number }>;
  }
}
