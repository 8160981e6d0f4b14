import { ComparisonModule } from '@app/comparison';
import { Module } from '@nestjs/common';
import { ComparisonController } from './comparison.controller.js';

@Module({
  imports: [ComparisonModule],
  controllers: [ComparisonController],
})
export class ComparisonRoutesModule {}
