import { Settings } from '@app/platform';
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Housekeeping } from './housekeeping.js';
import { ModelFolder } from './model.folder.js';
import { ModelProvider } from './model.provider.js';
import { TrafficFollower } from './traffic.follower.js';

/** Makes models live when the service starts: those that were live before, and of those in MODELS_DIR the ones that never were. */
@Injectable()
export class ModelBootstrap implements OnApplicationBootstrap {
  private readonly logger = new Logger(ModelBootstrap.name);

  constructor(
    private readonly settings: Settings,
    private readonly folder: ModelFolder,
    private readonly follower: TrafficFollower,
    private readonly provider: ModelProvider,
    private readonly housekeeping: Housekeeping,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { modelsDir, defaultModel } = this.settings;
    if (modelsDir !== undefined) await this.folder.register(modelsDir, defaultModel);
    await this.follower.start();
    for (const [name, version] of Object.entries(this.provider.status().live))
      this.logger.log(`${name} version ${version} is live`);
    this.housekeeping.start();
  }
}
