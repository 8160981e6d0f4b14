import { Global, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { DoorKeeper } from '../doors/door.keeper.js';
import { AllowedMethods } from './allowed-methods.js';
import { ProblemAnswers } from './problem.answers.js';
import { ProblemFilter } from './problem.filter.js';

/** What all routes share: errors become problem documents, and doors are kept. */
@Global()
@Module({
  providers: [AllowedMethods, ProblemAnswers, DoorKeeper, { provide: APP_FILTER, useClass: ProblemFilter }],
  exports: [AllowedMethods, ProblemAnswers, DoorKeeper],
})
export class HttpModule {}
