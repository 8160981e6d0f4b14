import { DeferredDecorators } from '../http/deferred-decorators.js';

const swagger = new DeferredDecorators(() => import('@nestjs/swagger'));

/** Reads Nest's Swagger library, five hundred files that no start waits for, and puts the decorators of this page where they stand. */
export const loadSwagger = () => swagger.load();

export const ApiAcceptedResponse = swagger.later('ApiAcceptedResponse');
export const ApiBody = swagger.later('ApiBody');
export const ApiConsumes = swagger.later('ApiConsumes');
export const ApiExtraModels = swagger.later('ApiExtraModels');
export const ApiHeader = swagger.later('ApiHeader');
export const ApiNoContentResponse = swagger.later('ApiNoContentResponse');
export const ApiOkResponse = swagger.later('ApiOkResponse');
export const ApiOperation = swagger.later('ApiOperation');
export const ApiParam = swagger.later('ApiParam');
export const ApiProduces = swagger.later('ApiProduces');
export const ApiProperty = swagger.later('ApiProperty');
export const ApiPropertyOptional = swagger.later('ApiPropertyOptional');
export const ApiResponse = swagger.later('ApiResponse');
export const ApiTags = swagger.later('ApiTags');
