import { Settings } from '@app/platform';
import { ModelProvider } from '@app/registry';
import type { INestApplication } from '@nestjs/common';
import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express';
import type { DocumentBuilder, OpenAPIObject } from '@nestjs/swagger';
import type { Application, NextFunction, Request, Response } from 'express';
import { loadSwagger } from './decorators.js';
import { withLiveModel } from './live-schema.js';
import { withPathParameters } from './path-parameters.js';

/** The pages that `setUpDocs` serves. */
export const DOC_PAGES = ['/docs', '/docs-json', '/docs-yaml', '/openapi.json'] as const;

const IS_DOC_PAGE = /^\/(docs([-/].*)?|openapi\.json\/?)$/i;

/**
 * Serves Swagger UI at /docs and the document at /openapi.json and /docs-json, always with the live model's features.
 * They are made when one of them is first asked for: no start waits for them.
 */
export function setUpDocs(app: NestExpressApplication): void {
  let pages: Promise<Application> | undefined;
  app.use((request: Request, response: Response, next: NextFunction) => {
    if (!IS_DOC_PAGE.test(request.path)) return next();
    pages ??= makePages(app);
    pages.then(
      (serve) => serve(request, response, next),
      (error: unknown) => {
        // The next one who asks has another try.
        pages = undefined;
        next(error);
      },
    );
  });
}

async function makePages(app: NestExpressApplication): Promise<Application> {
  const { DocumentBuilder, SwaggerModule } = await loadSwagger();
  const scanned = SwaggerModule.createDocument(app, described(new DocumentBuilder()));
  const document = withOwnParameters(withTrailingSlashes(withPathParameters(scanned)));
  const live = () => withLiveModel(document, app.get(ModelProvider).find(app.get(Settings).defaultModel)?.signature);
  const options = { patchDocumentOnRequest: live, customSiteTitle: 'Scorekeeper' };
  const { host, pages } = hostOfPages();
  SwaggerModule.setup('docs', host, document, options);
  SwaggerModule.setup('docs', host, document, {
    ...options,
    ui: false,
    raw: ['json'],
    jsonDocumentUrl: 'openapi.json',
  });
  return pages;
}

// The service's own routes are closed when it has started; what comes later stands in an application of its own.
function hostOfPages(): { readonly host: INestApplication; readonly pages: Application } {
  const adapter = new ExpressAdapter();
  const pages = adapter.getInstance<Application>().disable('x-powered-by');
  const useStaticAssets = adapter.useStaticAssets.bind(adapter);
  return { host: { getHttpAdapter: () => adapter, useStaticAssets } as unknown as INestApplication, pages };
}

function described(builder: DocumentBuilder) {
  return builder
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
