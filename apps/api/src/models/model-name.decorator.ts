import { Settings } from '@app/platform';
import { checkModelName } from '@app/registry';
import { applyDecorators, Injectable, Param, type PipeTransform } from '@nestjs/common';
import { ApiParam } from '../openapi/decorators.js';

/** The model that a path names; the default model where it names none (`/model/…`). */
@Injectable()
export class ModelNamePipe implements PipeTransform<string | undefined, string> {
  constructor(private readonly settings: Settings) {}

  transform(name: string | undefined): string {
    return name === undefined ? this.settings.defaultModel : checkModelName(name);
  }
}

/** The name of the model that the path is about. */
export const ModelName = (): ParameterDecorator => Param('name', ModelNamePipe);

/** Documents the parameters of a path about a model, and of one of its versions. */
export const ApiModelName = (): MethodDecorator =>
  ApiParam({
    name: 'name',
    description: 'The model',
    example: 'flight-delay',
    schema: { type: 'string', example: 'flight-delay' },
  });

export const ApiVersionNumber = (): MethodDecorator =>
  applyDecorators(
    ApiModelName(),
    ApiParam({ name: 'version', description: 'The version', schema: { type: 'integer', minimum: 1, example: 1 } }),
  );
