import { Injectable } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

interface Route {
  readonly pattern: RegExp;
  readonly methods: readonly string[];
}

type Paths = Pick<OpenAPIObject, 'paths'>;

/** Which methods the paths of the API take; learnt from its OpenAPI document, which has them all. */
@Injectable()
export class AllowedMethods {
  private document: () => Paths = () => ({ paths: {} });
  private routes: readonly Route[] | undefined;

  /** Says where the document is, once it is needed. */
  learnFrom(document: () => Paths): void {
    this.document = document;
  }

  /** The methods of a path, with or without its trailing slash; none where the path is unknown. */
  of(path: string): readonly string[] {
    this.routes ??= routesOf(this.document());
    return this.routes.find(({ pattern }) => pattern.test(path))?.methods ?? [];
  }
}

function routesOf({ paths }: Paths): Route[] {
  return Object.entries(paths).map(([path, item]) => ({
    pattern: patternOf(path),
    methods: METHODS.filter((method) => item[method]).map((method) => method.toUpperCase()),
  }));
}

function patternOf(path: string): RegExp {
  const parts = path.replace(/\/$/, '').split(/\{[^}]+\}/);
  return new RegExp(`^${parts.map((part) => part.replace(/[.*+?^$()|[\]\\]/g, '\\$&')).join('[^/]+')}/?$`, 'i');
}
