export type { Database, DatabaseOptions } from './database.js';
export { DatabaseAddress, DatabaseModule } from './database.module.js';
export { DatabaseHealth } from './database.health.js';
export { resolveDatabase } from './resolve-database.js';
export { isNetworkError, withRetry } from './with-retry.js';
