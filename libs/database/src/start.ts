export type { Database, DatabaseOptions } from './database.js';
export { findDatabase, type FoundDatabase, resolveDatabase } from './resolve-database.js';
