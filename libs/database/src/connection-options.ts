import type { MongooseModuleFactoryOptions } from '@nestjs/mongoose';

/** How we connect: an answer or an error within seconds, and indexes built when we say so (`DatabaseModule`). */
export const CONNECTION_OPTIONS = {
  serverSelectionTimeoutMS: 5_000,
  maxPoolSize: 20,
  retryReads: true,
  retryWrites: true,
  autoIndex: false,
  autoCreate: false,
  retryAttempts: 5,
  retryDelay: 1_000,
} as const satisfies MongooseModuleFactoryOptions;
