import { CaptureModule } from '@app/capture';
import { RegistryModule } from '@app/registry';
import { Module } from '@nestjs/common';
import { VersionComparison } from './version.comparison.js';

/** How versions compare: what shadows have scored along. */
@Module({
  imports: [RegistryModule, CaptureModule],
  providers: [VersionComparison],
  exports: [VersionComparison],
})
export class ComparisonModule {}
