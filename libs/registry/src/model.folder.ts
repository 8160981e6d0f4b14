import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasAcceptedEnding } from '@app/convert';
import { ServingError } from '@app/core';
import { Injectable, Logger } from '@nestjs/common';
import type { ModelFile } from './model.archive.js';
import { ModelLoader } from './model.loader.js';
import { isModelName } from './model-name.js';
import { ModelStore } from './model.store.js';
import { TrafficControl } from './traffic.control.js';
import { VersionStore } from './version.store.js';

const SIGNATURE_FILE = 'model.json';
const LIVE_FILE = 'live';
const VERSION = /^[1-9]\d{0,8}$/;

/** Registers models that lie in a folder: `<name>/<version>/` with a model file and perhaps its model.json, and `<name>/live` with a number. */
@Injectable()
export class ModelFolder {
  private readonly logger = new Logger(ModelFolder.name);

  constructor(
    private readonly models: ModelStore,
    private readonly versions: VersionStore,
    private readonly loader: ModelLoader,
    private readonly traffic: TrafficControl,
  ) {}

  /**
   * Registers every model of the folder that is not live yet: its versions in order, then the live one. Where no models lie
   * in it but a model file does (as SageMaker unpacks it), that is the first version of `defaultModel`.
   */
  async register(modelsDir: string, defaultModel: string): Promise<void> {
    const names = await this.namesIn(modelsDir);
    if (names.length === 0) return this.registerLone(defaultModel, modelsDir);
    for (const name of names) {
      if (!(await this.isLive(name))) await this.registerModel(name, join(modelsDir, name));
    }
  }

  private async isLive(name: string): Promise<boolean> {
    return (await this.models.find(name))?.traffic !== undefined;
  }

  private async registerLone(name: string, modelsDir: string): Promise<void> {
    if (!existsSync(modelsDir) || (await this.isLive(name))) return;
    await this.registerVersion(name, 1, modelsDir);
    if (await this.versions.find(name, 1)) await this.goLive(name, 1);
  }

  // What is registered already needs no folder.
  private async namesIn(modelsDir: string): Promise<string[]> {
    if (existsSync(modelsDir)) return (await foldersIn(modelsDir)).filter(isModelName);
    this.logger.warn(`MODELS_DIR ${modelsDir} is not there: no models are registered from it`);
    return [];
  }

  private async registerModel(name: string, folder: string): Promise<void> {
    const numbers = (await foldersIn(folder)).filter((entry) => VERSION.test(entry)).map(Number);
    for (const version of numbers.toSorted((a, b) => a - b))
      await this.registerVersion(name, version, join(folder, String(version)));
    const registered = await this.versions.numbers(name);
    const live = liveOf(await readOptional(join(folder, LIVE_FILE)), registered, folder);
    if (live !== undefined) await this.goLive(name, live);
  }

  private async goLive(name: string, version: number): Promise<void> {
    await this.traffic.activate(name, version, {
      allowSignatureChange: true,
      reason: 'the first start with this model',
    });
  }

  private async registerVersion(name: string, version: number, folder: string): Promise<void> {
    if (await this.versions.find(name, version)) return;
    const file = await readVersion(folder);
    if (!file) return this.logger.warn(`no model file in ${folder}`);
    const before = await this.versions.latest(name);
    // A file without names has those of the version before it: nothing is live yet whose names it could have.
    const named = { ...file, version, ...(before && { namesLike: before.signature }) };
    await this.loader.register(name, named).catch(unlessAnotherReplicaDid);
    this.logger.log(`${name} version ${version} was registered from ${folder}`);
  }
}

async function readVersion(folder: string): Promise<ModelFile | undefined> {
  const fileName = (await readdir(folder)).find((entry) => entry !== SIGNATURE_FILE && hasAcceptedEnding(entry));
  if (fileName === undefined) return undefined;
  const signature = await readOptional(join(folder, SIGNATURE_FILE));
  return { fileName, bytes: await readFile(join(folder, fileName)), ...(signature !== undefined && { signature }) };
}

// The version that the file names; the greatest where there is no file.
function liveOf(text: string | undefined, registered: readonly number[], folder: string): number | undefined {
  if (text === undefined) return registered.length > 0 ? Math.max(...registered) : undefined;
  const version = Number(text.trim());
  if (registered.includes(version)) return version;
  throw new Error(`${join(folder, LIVE_FILE)} names ${JSON.stringify(text.trim())}, which is no version in ${folder}`);
}

async function foldersIn(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

function readOptional(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}

// Two replicas that start at the same moment register the same folder: one of them is first.
function unlessAnotherReplicaDid(error: unknown): void {
  if (!(error instanceof ServingError) || error.code !== 'VERSION_EXISTS') throw error;
}
