import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Application } from 'express';
import { DOC_PAGES } from '../openapi/openapi.js';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

interface Route {
  readonly pattern: RegExp;
  readonly methods: readonly string[];
}

/** Which methods the paths of the API take: those that its router has. */
@Injectable()
export class AllowedMethods {
  private routes: readonly Route[] | undefined;

  constructor(private readonly host: HttpAdapterHost) {}

  /** The methods of a path, with or without its trailing slash; none where the path is unknown. */
  of(path: string): readonly string[] {
    this.routes ??= routesOf(this.host.httpAdapter.getInstance<Application>());
    const taken = this.routes.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => methods);
    return METHODS.map((method) => method.toUpperCase()).filter((method) => taken.includes(method));
  }
}

function routesOf({ router }: Application): Route[] {
  const routes = router.stack.flatMap(({ route }) => (route ? [routeOf(route.path, route.stack)] : []));
  return [...routes, ...DOC_PAGES.map((page) => ({ pattern: patternOf(page), methods: ['GET'] }))];
}

function routeOf(path: string, handlers: readonly { readonly method: string }[]): Route {
  return { pattern: patternOf(path), methods: handlers.map(({ method }) => method.toUpperCase()) };
}

function patternOf(path: string): RegExp {
  const parts = path.replace(/\/$/, '').split(/:[^/]+/);
  return new RegExp(`^${parts.map((part) => part.replace(/[.*+?^$()|[\]\\]/g, '\\$&')).join('[^/]+')}/?$`, 'i');
}
