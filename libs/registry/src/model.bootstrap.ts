import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasAcceptedEnding } from '@app/convert';
import { Settings } from '@app/platform';
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { ModelLoader } from './model.loader.js';
import { ModelProvider } from './model.provider.js';
import type { ModelVersion } from './model-version.schema.js';
import { VersionStore } from './version.store.js';

const SIGNATURE_FILE = 'model.json';

/** Makes models live when the service starts: those that were live before, or, in an empty registry, those that lie in MODELS_DIR. */
@Injectable()
export class ModelBootstrap implements OnApplicationBootstrap {
  private readonly logger = new Logger(ModelBootstrap.name);

  constructor(
    private readonly settings: Settings,
    private readonly versions: VersionStore,
    private readonly loader: ModelLoader,
    private readonly provider: ModelProvider,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (await this.versions.isEmpty()) await this.registerFolder();
    else await this.publishLive();
  }

  private async publishLive(): Promise<void> {
    for (const version of await this.versions.live()) await this.publishVersion(version);
  }

  private async publishVersion(version: ModelVersion): Promise<void> {
    const name = `${version.model} version ${version.version}`;
    try {
      await this.loader.publish(version);
      this.logger.log(`${name} is live`);
    } catch (error) {
      // The service stays up without this model: another file can be loaded, and nothing is answered by a guess.
      this.logger.error({ err: error }, `${name} cannot be loaded`);
      this.provider.reportFailure(version.model);
    }
  }

  private async registerFolder(): Promise<void> {
    if (this.settings.modelsDir === undefined) return;
    const { modelsDir, defaultModel } = this.settings;
    const folders = await versionFolders(modelsDir);
    // SageMaker unpacks one model right there.
    if (folders.length === 0) return this.registerVersion(defaultModel, 1, modelsDir);
    for (const { model, version, folder } of folders) await this.registerVersion(model, version, folder);
  }

  private async registerVersion(model: string, version: number, folder: string): Promise<void> {
    const fileName = (await readdir(folder)).find((name) => name !== SIGNATURE_FILE && hasAcceptedEnding(name));
    if (fileName === undefined) return this.logger.warn(`no model file in ${folder}`);
    const bytes = await readFile(join(folder, fileName));
    const signature = await readFile(join(folder, SIGNATURE_FILE), 'utf8').catch(() => undefined);
    await this.loader.load(model, { fileName, bytes, version, ...(signature !== undefined && { signature }) });
    this.logger.log(`${model} version ${version} was registered from ${folder} and is live`);
  }
}

interface VersionFolder {
  readonly model: string;
  readonly version: number;
  readonly folder: string;
}

// In order of version, so that the greatest is live in the end.
async function versionFolders(modelsDir: string): Promise<VersionFolder[]> {
  const found: VersionFolder[] = [];
  for (const model of await foldersIn(modelsDir)) {
    for (const version of await foldersIn(join(modelsDir, model))) {
      if (/^[1-9]\d{0,8}$/.test(version))
        found.push({ model, version: Number(version), folder: join(modelsDir, model, version) });
    }
  }
  return found.toSorted((a, b) => a.version - b.version);
}

async function foldersIn(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}
