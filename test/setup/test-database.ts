/** The URI of this Jest worker's own database on the server that `start-database.mjs` found or started. */
export function testDatabaseUri(): string {
  const uri = process.env.MONGODB_URI;
  if (!uri) throw new Error('no database for the tests: build first (npm run build), or set MONGODB_URI');
  return uri.replace(
    /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?/,
    `$1/scorekeeper_test_${process.env.JEST_WORKER_ID ?? '1'}`,
  );
}
