// Walks the live OpenAPI document: whatever a reader finds there has a description and an example that is true.
import { FLIGHT, jsonPost, startService, type TestService } from './setup/service.js';

interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly example?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly $ref?: string;
}

interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly description?: string;
    readonly schema: Schema;
  }[];
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: object }>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

describe('the API documents', () => {
  let service: TestService;
  let document: Document;
  beforeAll(async () => {
    service = await startService();
    document = (await (await service.fetch('/openapi.json')).json()) as Document;
  });
  afterAll(() => service.stop());

  const operations = (): [string, Operation][] =>
    Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]): [string, Operation] => [`${method} ${path}`, operation]),
    );

  it('has every route of the contract', () => {
    const routes = operations().map(([name]) => name);
    expect(routes).toEqual(
      expect.arrayContaining(['get /health/', 'post /model/predict/', 'post /model/load/', 'get /model/history/']),
    );
  });

  it('says the same at /docs-json and shows Swagger UI at /docs', async () => {
    expect(await (await service.fetch('/docs-json')).json()).toEqual(document);
    expect(await (await service.fetch('/docs')).text()).toContain('swagger-ui');
  });

  it('has a description and an example for every property of every schema', () => {
    const missing = Object.entries(document.components.schemas).flatMap(([name, { properties = {} }]) =>
      Object.entries(properties)
        .filter(
          ([, property]) =>
            !('$ref' in property) && (property.description === undefined || property.example === undefined),
        )
        .map(([property]) => `${name}.${property}`),
    );
    expect(missing).toEqual([]);
  });

  it('has a summary for every route, a description for every answer, and a description and example for every parameter', () => {
    for (const [name, { summary, responses, parameters = [] }] of operations()) {
      expect([name, summary]).toEqual([name, expect.any(String)]);
      for (const { description } of Object.values(responses))
        expect([name, description]).toEqual([name, expect.stringMatching(/\S/)]);
      for (const { name: parameter, description, schema } of parameters) {
        expect([name, parameter, description]).toEqual([name, parameter, expect.stringMatching(/\S/)]);
        expect([name, parameter, schema.example]).toEqual([name, parameter, expect.anything()]);
      }
    }
  });

  it('names every operation once, as a client may call it', () => {
    const ids = operations().map(([, { operationId }]) => operationId);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i || !/^\w+$/.test(id))).toEqual([]);
  });

  it('documents the parameters that a path has, and no others', () => {
    for (const [name, { parameters = [] }] of operations()) {
      const inPath = parameters
        .filter((parameter) => parameter.in === 'path')
        .map((parameter) => `{${parameter.name}}`);
      expect([name, inPath.toSorted()]).toEqual([name, [...name.matchAll(/\{\w+\}/g)].map(([own]) => own).toSorted()]);
    }
  });

  it("shows the live model's own features with type, unit and range, and an example that works", async () => {
    const schema = document.components.schemas['PredictRequest']!;
    expect(Object.keys(schema.properties!)).toEqual(Object.keys(FLIGHT));
    expect(schema.required).toEqual(Object.keys(FLIGHT));
    expect(schema.properties!['distance']).toMatchObject({
      type: 'number',
      'x-unit': 'miles',
      'x-range': { min: 80, max: 4983 },
    });
    expect((await service.fetch('/model/predict/', jsonPost(schema.example))).status).toBe(200);
  });

  it('points to nothing that is not there', () => {
    const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(
      ([, name]) => name!,
    );
    expect(references.filter((name) => !(name in document.components.schemas))).toEqual([]);
  });
});
