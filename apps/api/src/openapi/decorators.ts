import type * as Swagger from '@nestjs/swagger';

type Library = typeof Swagger;
type Decorator = (...target: readonly unknown[]) => void;

// In the order in which they stand in the sources, which is the one that the library would have seen.
const waiting: ((library: Library) => void)[] = [];

/** Reads Nest's Swagger library, five hundred files that no start waits for, and puts the decorators of this page where they stand. */
export async function loadSwagger(): Promise<Library> {
  const library = await import('@nestjs/swagger');
  for (const apply of waiting.splice(0)) apply(library);
  return library;
}

type DecoratorName = keyof Library & `Api${string}`;

function later<Name extends DecoratorName>(name: Name): Library[Name] {
  const decorator =
    (...options: readonly unknown[]): Decorator =>
    (...target) =>
      void waiting.push((library) =>
        (library[name] as (...given: readonly unknown[]) => Decorator)(...options)(...target),
      );
  return decorator as unknown as Library[Name];
}

export const ApiAcceptedResponse = later('ApiAcceptedResponse');
export const ApiBody = later('ApiBody');
export const ApiConsumes = later('ApiConsumes');
export const ApiExtraModels = later('ApiExtraModels');
export const ApiHeader = later('ApiHeader');
export const ApiNoContentResponse = later('ApiNoContentResponse');
export const ApiOkResponse = later('ApiOkResponse');
export const ApiOperation = later('ApiOperation');
export const ApiParam = later('ApiParam');
export const ApiProduces = later('ApiProduces');
export const ApiProperty = later('ApiProperty');
export const ApiPropertyOptional = later('ApiPropertyOptional');
export const ApiResponse = later('ApiResponse');
export const ApiTags = later('ApiTags');
