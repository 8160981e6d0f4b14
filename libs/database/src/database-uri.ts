const DATABASE_NAME = 'scorekeeper';

/** The URI of a MongoDB behind a unix socket; a write is acknowledged once it is in the journal on disk. */
export function unixSocketUri(socketPath: string): string {
  return `mongodb://${encodeURIComponent(socketPath)}/${DATABASE_NAME}?directConnection=true&journal=true&w=1`;
}

/** The URI of a MongoDB on a port of this machine, with the same promise. */
export function localPortUri(port: number): string {
  return `mongodb://127.0.0.1:${port}/${DATABASE_NAME}?directConnection=true&journal=true&w=1`;
}

/** The same server, with our database where the URI names none (the driver's own default is `test`). */
export function withDatabaseName(uri: string): string {
  const parts = /^(mongodb(?:\+srv)?:\/\/[^/?]+)\/?(?:\?(.*))?$/.exec(uri);
  if (!parts) return uri;
  const query = [parts[2], logsInAtAdmin(uri) && 'authSource=admin'].filter(Boolean).join('&');
  return `${parts[1]}/${DATABASE_NAME}${query && `?${query}`}`;
}

/** The URI as a log may show it. */
export function withoutPassword(uri: string): string {
  return uri.replace(/^(mongodb(?:\+srv)?:\/\/[^:@/]*):[^@/]*@/, '$1:***@');
}

// A URI without a database logs in at `admin`; with one, the driver would log in there.
function logsInAtAdmin(uri: string): boolean {
  return uri.includes('@') && !/authSource=|authMechanism=(?!SCRAM)/i.test(uri);
}
