import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';

const PATIENCE_MS = 1000;

/** Whether the database answers now. */
@Injectable()
export class DatabaseHealth {
  constructor(@InjectConnection() private readonly connection: Connection) {}

  /** True where a ping comes back within a second. */
  async isUp(): Promise<boolean> {
    const ping = this.connection.db?.command({ ping: 1 }).then(
      () => true,
      () => false,
    );
    return (await Promise.race([ping, sleep(PATIENCE_MS, false, { ref: false })])) ?? false;
  }
}
