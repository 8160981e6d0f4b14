import { ServingError } from '@app/core';
import { Injectable } from '@nestjs/common';
import { ArtifactCleaner } from './artifact.cleaner.js';
import { EventLog, type Request } from './event.log.js';
import { type ModelChange, ModelStore } from './model.store.js';
import type { ModelVersion } from './model-version.schema.js';
import { orUnavailable } from './or-unavailable.js';
import type { RegisteredModel } from './registered-model.schema.js';
import { versionsIn } from './traffic.js';
import { TrafficFollower } from './traffic.follower.js';
import { VersionStore } from './version.store.js';

/** Deletes versions that nobody gets. */
@Injectable()
export class VersionRemoval {
  constructor(
    private readonly models: ModelStore,
    private readonly versions: VersionStore,
    private readonly cleaner: ArtifactCleaner,
    private readonly follower: TrafficFollower,
    private readonly events: EventLog,
  ) {}

  /** Deletes a version and its files; throws VERSION_IN_TRAFFIC where somebody gets it. Its number is not given again. */
  async remove(model: string, version: number, request: Request): Promise<void> {
    const deed = { model, version, action: 'delete', ...request } as const;
    // It is done once nobody can get it any more: whatever fails after that is made up for, and the log must have it.
    await this.events.keep(
      deed,
      () => this.takeOut(model, version),
      () => ({}),
    );
    await this.removeFiles(model, version);
    await this.follower.followEverywhere(model).catch(() => undefined);
  }

  /** Ends the deletions that a crash has interrupted. */
  async finish(): Promise<void> {
    for (const { _id: model, leaving } of await this.models.list())
      for (const version of leaving) await this.removeFiles(model, version);
  }

  private async takeOut(model: string, version: number): Promise<void> {
    await this.models.get(model);
    await this.versions.get(model, version);
    // From here on it cannot be given to anyone, on any replica; only then is it taken away.
    await this.models.change(model, async (found) => withoutVersion(found, version));
  }

  private async removeFiles(model: string, version: number): Promise<void> {
    const kept = await this.versions.find(model, version);
    await this.versions.remove(model, version);
    if (kept) await orUnavailable(this.cleaner.remove(filesOf(kept)));
    await this.models.change(model, async ({ leaving }) => ({ leaving: leaving.filter((left) => left !== version) }));
  }
}

function withoutVersion({ _id, traffic, earlier, leaving }: RegisteredModel, version: number): ModelChange {
  if (traffic && versionsIn(traffic).includes(version)) {
    const message = `version ${version} of model ${JSON.stringify(_id)} is in the traffic; take it out first (PUT /models/${_id}/traffic)`;
    throw new ServingError('conflict', 'VERSION_IN_TRAFFIC', message);
  }
  return { earlier: earlier.filter((other) => other !== version), leaving: [...leaving, version] };
}

function filesOf({ fileId, onnxId, baselineId }: ModelVersion) {
  return [fileId, onnxId, ...(baselineId ? [baselineId] : [])];
}
