import { Settings } from '@app/platform';
import { ModelProvider } from '@app/registry';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { AllowedMethods } from '../http/allowed-methods.js';
import { withLiveModel } from './live-schema.js';
import { withPathParameters } from './path-parameters.js';

/**
 * Serves Swagger UI at /docs and the document at /openapi.json and /docs-json, always with the live model's features.
 * The document is made when it is first asked for: no start waits for it.
 */
export function setUpDocs(app: NestExpressApplication): void {
  const document = once(() => documentOf(app));
  app.get(AllowedMethods).learnFrom(() => withDocRoutes(document()));
  const live = () => withLiveModel(document(), app.get(ModelProvider).find(app.get(Settings).defaultModel)?.signature);
  const options = { patchDocumentOnRequest: live, customSiteTitle: 'Scorekeeper' };
  SwaggerModule.setup('docs', app, document, options);
  SwaggerModule.setup('docs', app, document, { ...options, ui: false, raw: ['json'], jsonDocumentUrl: 'openapi.json' });
}

function documentOf(app: NestExpressApplication): OpenAPIObject {
  const scanned = withPathParameters(SwaggerModule.createDocument(app, describeApi()));
  return withOwnParameters(withTrailingSlashes(scanned));
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function describeApi() {
  return new DocumentBuilder()
    .setTitle('Scorekeeper')
    .setDescription('Serves the scores of tabular models and keeps every one of them.')
    .setVersion('0.1.0')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .build();
}

/** The contract writes its paths with a trailing slash; both forms are served. */
function withTrailingSlashes(document: OpenAPIObject): OpenAPIObject {
  const paths = Object.entries(document.paths).map(([path, item]) => [path.replace(/\/?$/, '/'), item]);
  return { ...document, paths: Object.fromEntries(paths) as OpenAPIObject['paths'] };
}

// A controller that stands at two paths documents the parameters of both: each path keeps its own.
function withOwnParameters(document: OpenAPIObject): OpenAPIObject {
  const paths = Object.entries(document.paths).map(([path, item]) => [path, itemOf(path, item)]);
  return { ...document, paths: Object.fromEntries(paths) as OpenAPIObject['paths'] };
}

interface Parameter {
  readonly in?: string;
  readonly name?: string;
}

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
}

function itemOf(path: string, item: object): object {
  const isOwn = ({ in: place, name }: Parameter): boolean => place !== 'path' || path.includes(`{${name}}`);
  const operations = Object.entries(item as Readonly<Record<string, Operation>>);
  const own = operations.map(([method, { operationId, parameters = [], ...rest }]) => [
    method,
    { ...rest, operationId: plainId(path, operationId), parameters: parameters.filter(isOwn) },
  ]);
  return Object.fromEntries(own) as object;
}

// Nest numbers the paths of a controller ("get[0]"); a generated client wants a name.
function plainId(path: string, id: string): string {
  const numbered = /^(.*)\[\d+\]$/.exec(id);
  if (!numbered) return id;
  return path.includes('{name}') ? numbered[1]! : `${numbered[1]}_default`;
}

function withDocRoutes(document: OpenAPIObject): Pick<OpenAPIObject, 'paths'> {
  const page = { get: { responses: {} } };
  return { paths: { ...document.paths, '/docs': page, '/docs-json': page, '/docs-yaml': page, '/openapi.json': page } };
}
