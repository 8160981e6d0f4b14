import { ComparisonModule } from '@app/comparison';
import { Module } from '@nestjs/common';
import { ComparisonController } from './comparison.controller.js';
import { GuardController } from './guard.controller.js';
import { ReplayController } from './replay.controller.js';

@Module({
  imports: [ComparisonModule],
  controllers: [ComparisonController, GuardController, ReplayController],
})
export class ComparisonRoutesModule {}
