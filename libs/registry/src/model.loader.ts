import { Injectable } from '@nestjs/common';
import { EventLog, type Outcome } from './event.log.js';
import { ModelArchive, type ModelFile } from './model.archive.js';
import { ModelReader } from './model.reader.js';
import type { ModelVersion } from './model-version.schema.js';
import { TrafficControl } from './traffic.control.js';
import { VersionStore } from './version.store.js';

/** A version that has just been made. */
export interface LoadedVersion {
  readonly version: ModelVersion;
  readonly isLive: boolean;
  /** The latest earlier version that was made from the very same file. */
  readonly sameFileAs?: number;
}

/** Turns model files into versions: read, tried, kept, then live where that is wanted. One at a time. */
@Injectable()
export class ModelLoader {
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly reader: ModelReader,
    private readonly versions: VersionStore,
    private readonly archive: ModelArchive,
    private readonly traffic: TrafficControl,
    private readonly events: EventLog,
  ) {}

  /** Makes a file the live version of a model; throws a ServingError and changes nothing where it cannot. */
  load(model: string, file: ModelFile): Promise<LoadedVersion> {
    return this.inTurn(model, file, true);
  }

  /** Makes a file a version of a model that is not live. */
  register(model: string, file: ModelFile): Promise<LoadedVersion> {
    return this.inTurn(model, file, false);
  }

  // In turn: of two files the later one is live in the end, and memory holds one conversion.
  private inTurn(model: string, file: ModelFile, isLive: boolean): Promise<LoadedVersion> {
    const { fileName, by, note } = file;
    const deed = { model, action: 'load', ...(by && { by }), ...(note && { reason: note }) } as const;
    const outcomeOf = ({ version: { version, sha256 } }: LoadedVersion): Outcome => ({
      version,
      details: { fileName, sha256, isLive },
    });
    const loading = this.last.then(() => this.events.keep(deed, () => this.loadNow(model, file, isLive), outcomeOf));
    this.last = loading.catch(() => undefined);
    return loading;
  }

  private async loadNow(model: string, file: ModelFile, isLive: boolean): Promise<LoadedVersion> {
    const named = await this.reader.read(model, file);
    const version = await this.archive.keep(model, file, named);
    const sameFileAs = await this.versions.sameFile(version);
    if (isLive) await this.traffic.goLive(model, version.version, named.onnx);
    return { version, isLive, ...(sameFileAs !== undefined && { sameFileAs }) };
  }
}
