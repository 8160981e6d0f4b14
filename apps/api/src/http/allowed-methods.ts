import { Injectable } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Which methods the paths of the API take; learnt from its OpenAPI document, which has them all. */
@Injectable()
export class AllowedMethods {
  private routes: readonly { readonly pattern: RegExp; readonly methods: readonly string[] }[] = [];

  learn(document: Pick<OpenAPIObject, 'paths'>): void {
    this.routes = Object.entries(document.paths).map(([path, item]) => ({
      pattern: patternOf(path),
      methods: METHODS.filter((method) => item[method]).map((method) => method.toUpperCase()),
    }));
  }

  /** The methods of a path, with or without its trailing slash; none where the path is unknown. */
  of(path: string): readonly string[] {
    return this.routes.find(({ pattern }) => pattern.test(path))?.methods ?? [];
  }
}

function patternOf(path: string): RegExp {
  const parts = path.replace(/\/$/, '').split(/\{[^}]+\}/);
  return new RegExp(`^${parts.map((part) => part.replace(/[.*+?^$()|[\]\\]/g, '\\$&')).join('[^/]+')}/?$`, 'i');
}
