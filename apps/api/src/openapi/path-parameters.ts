import type { OpenAPIObject } from '@nestjs/swagger';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** The document with every name in a path as a parameter: Swagger does not see those of a controller that inherits its routes. */
export function withPathParameters(document: OpenAPIObject): OpenAPIObject {
  for (const [path, item] of Object.entries(document.paths)) {
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
    for (const method of METHODS) {
      const operation = item[method];
      if (operation) operation.parameters = [...(operation.parameters ?? []), ...missing(names, operation.parameters)];
    }
  }
  return document;
}

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

function missing(names: readonly string[], known: Operation['parameters'] = []): NonNullable<Operation['parameters']> {
  const isKnown = (name: string): boolean => known.some((parameter) => 'name' in parameter && parameter.name === name);
  return names
    .filter((name) => !isKnown(name))
    .map((name) => ({ ...PARAMETERS[name]!, name, in: 'path', required: true }));
}

const PARAMETERS: Readonly<Record<string, { readonly description: string; readonly schema: object }>> = {
  version: { description: 'The version', schema: { type: 'string', example: '1' } },
};
