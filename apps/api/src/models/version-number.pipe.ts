import { ServingError } from '@app/core';
import { Injectable, Param, type PipeTransform } from '@nestjs/common';

/** The version that a path names; what is no whole number is a version that there is not. */
@Injectable()
export class VersionNumberPipe implements PipeTransform<string, number> {
  transform(text: string): number {
    if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
    const message = `there is no version ${JSON.stringify(text.slice(0, 100))}; versions are whole numbers from 1`;
    throw new ServingError('not-found', 'VERSION_NOT_FOUND', message);
  }
}

/** The version that the path is about. */
export const VersionNumber = (): ParameterDecorator => Param('version', VersionNumberPipe);
