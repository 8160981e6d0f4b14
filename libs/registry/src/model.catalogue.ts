import { ServingError } from '@app/core';
import { Injectable } from '@nestjs/common';
import { EventLog, type EventPage, type EventQuery, type Request } from './event.log.js';
import { ModelArchive } from './model.archive.js';
import { ModelStore } from './model.store.js';
import type { ModelVersion } from './model-version.schema.js';
import type { RegisteredModel } from './registered-model.schema.js';
import type { Traffic } from './traffic.js';
import { type ListedVersion, VersionStore } from './version.store.js';

/** A version's bytes, and what to call them. */
export interface NamedBytes {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

/** Something of a model, and the traffic that says which part it plays. */
type InTraffic<T> = T & Pick<RegisteredModel, 'traffic'>;

/** What is known of models and their versions. */
@Injectable()
export class ModelCatalogue {
  constructor(
    private readonly stored: ModelStore,
    private readonly kept: VersionStore,
    private readonly archive: ModelArchive,
    private readonly log: EventLog,
  ) {}

  models(): Promise<RegisteredModel[]> {
    return this.stored.list();
  }

  model(name: string): Promise<RegisteredModel> {
    return this.stored.get(name);
  }

  /** Who gets which version; throws NOT_LIVE_YET where nobody gets any. */
  async traffic(name: string): Promise<Traffic> {
    return (await this.stored.get(name)).traffic ?? notLiveYet(name);
  }

  /** The versions of a model, the first one first. */
  async versions(name: string): Promise<InTraffic<{ readonly versions: readonly ListedVersion[] }>> {
    const { traffic } = await this.stored.get(name);
    return { versions: await this.kept.list(name), ...(traffic && { traffic }) };
  }

  async version(name: string, number: number): Promise<InTraffic<{ readonly version: ModelVersion }>> {
    const { traffic } = await this.stored.get(name);
    return { version: await this.kept.get(name, number), ...(traffic && { traffic }) };
  }

  /** The file as it was uploaded. */
  async file(name: string, number: number): Promise<NamedBytes> {
    const { version } = await this.version(name, number);
    return { fileName: version.fileName, bytes: await this.archive.fileOf(version) };
  }

  /** The ONNX that is served. */
  async onnx(name: string, number: number): Promise<NamedBytes> {
    const { version } = await this.version(name, number);
    return { fileName: `${name}-${number}.onnx`, bytes: await this.archive.onnxOf(version) };
  }

  /** Changes what people have written beside a version. */
  async setNote(name: string, version: number, note: string, { by }: Request): ReturnType<ModelCatalogue['version']> {
    const { traffic } = await this.stored.get(name);
    const deed = { model: name, version, action: 'note', ...(by !== undefined && { by }) } as const;
    const work = () => this.kept.setNote(name, version, note);
    return { version: await this.log.keep(deed, work, () => ({ details: { note } })), ...(traffic && { traffic }) };
  }

  async events(name: string, query: EventQuery): Promise<EventPage> {
    await this.stored.get(name);
    return this.log.page(name, query);
  }
}

function notLiveYet(name: string): never {
  const message = `no version of model ${JSON.stringify(name)} is live yet: activate one`;
  throw new ServingError('conflict', 'NOT_LIVE_YET', message);
}
