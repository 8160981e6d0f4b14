import { CAPTURE_COLLECTION, type CaptureRole, firstIdOf } from '@app/capture';
import { recordsOf, type StoredCapture } from '@app/capture/records';
import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { distance } from '../statistics/distance.js';

/** A version in its part, since when. */
export interface Part {
  readonly model: string;
  readonly version: number;
  readonly role: CaptureRole;
  readonly since: Date;
}

const MOST_SCORES = 2000;

/** Compares the scores that were kept of two versions which answer different requests. */
@Injectable()
export class KeptScores {
  constructor(@InjectConnection() private readonly connection: Connection) {}

  /** How far the latest scores are apart; undefined where one of the two has kept fewer than `least`. */
  async shift(one: Part, other: Part, least: number): Promise<number | undefined> {
    const [ones, others] = [await this.latest(one), await this.latest(other)];
    if (Math.min(ones.length, others.length) < Math.min(least, MOST_SCORES)) return undefined;
    return distance(ones, others);
  }

  private async latest({ model, version, role, since }: Part): Promise<number[]> {
    const filter = { model, model_version: version, role, _id: { $gte: firstIdOf(since.getTime()) } };
    const options = { sort: { _id: -1 }, limit: MOST_SCORES, projection: { rows: 1, score: 1 } } as const;
    const found = this.connection.collection<StoredCapture>(CAPTURE_COLLECTION).find(filter, options);
    const scores: number[] = [];
    for await (const { score } of recordsOf(found, { order: 'desc', limit: MOST_SCORES }))
      if (typeof score === 'number') scores.push(score);
    return scores;
  }
}
