import { Inject, Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { getConnectionToken, MongooseModule } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { noticeClosedSockets } from './closed-sockets.js';
import { CONNECTION_OPTIONS } from './connection-options.js';
import { DatabaseHealth } from './database.health.js';
import type { Database } from './database.js';

/** Where the database is, for who connects from another thread. */
export class DatabaseAddress {
  constructor(
    /** Names the database, too. */
    readonly uri: string,
  ) {}
}

/** The Mongoose connection to the database that was resolved before the app was made, with the indexes of every schema. */
@Module({})
export class DatabaseModule implements OnModuleInit {
  static forRoot(database: Pick<Database, 'uri'>): DynamicModule {
    noticeClosedSockets();
    const mongoose = MongooseModule.forRoot(database.uri, CONNECTION_OPTIONS);
    return {
      module: DatabaseModule,
      global: true,
      imports: [mongoose],
      providers: [DatabaseHealth, { provide: DatabaseAddress, useValue: new DatabaseAddress(database.uri) }],
      exports: [mongoose, DatabaseHealth, DatabaseAddress],
    };
  }

  constructor(@Inject(getConnectionToken()) private readonly connection: Connection) {}

  // Before the first request, and an index that cannot be built stops the start: uniqueness must hold from the first write.
  async onModuleInit(): Promise<void> {
    const models = Object.values(this.connection.models);
    await Promise.all(models.map((model) => model.createIndexes()));
  }
}
