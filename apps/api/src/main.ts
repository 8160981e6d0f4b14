import module from 'node:module';
import { join } from 'node:path';
import { type Database, findDatabase, type FoundDatabase } from '@app/database/start';
import { Settings } from '@app/platform/start';
import type { NestExpressApplication } from '@nestjs/platform-express';

const STOP_SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Starts the service; it ends cleanly on SIGINT or SIGTERM. */
async function main(): Promise<void> {
  const settings = Settings.fromEnvironment(process.argv.slice(2));
  keepCompiled(join(settings.dataDir, 'compiled'));
  const found = await lookForDatabase(settings);
  // The engine starts in a process of its own while this one reads the rest of the service.
  const [database, { createApp, GrpcServer }] = await Promise.all([found.start(), import('./app.setup.js')]);
  const app = await createApp(settings, database);
  stopOnSignal(app, database, settings.shutdownTimeoutMs);
  await app.listen(settings.port, settings.host);
  const url = await app.getUrl();
  const grpcAddress = await app.get(GrpcServer).serve();
  if (grpcAddress !== undefined) say(`gRPC on ${grpcAddress}`);
  say(`Scorekeeper serves on ${url} (docs: /docs)`);
}

// Node 22 and later keep what they have compiled; where nothing can be written there, they compile again.
function keepCompiled(folder: string): void {
  (module as { enableCompileCache?: (folder: string) => unknown }).enableCompileCache?.(folder);
}

function lookForDatabase({ mongodbUri, dataDir }: Settings): Promise<FoundDatabase> {
  return findDatabase({ ...(mongodbUri !== undefined && { uri: mongodbUri }), dataDir, log: say });
}

function stopOnSignal(app: NestExpressApplication, database: Database, limitMs: number): void {
  let isStopping = false;
  const stop = async (): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => fail(new Error(`it did not stop within ${limitMs} ms`)), limitMs).unref();
    // The database last: requests that were accepted are answered, and their records are kept, first.
    await app.close();
    await database.stop();
    process.exit(0);
  };
  for (const signal of STOP_SIGNALS) process.on(signal, () => void stop().catch(fail));
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

// One line for the person who starts it; the whole error only where nobody foresaw it.
function fail(error: unknown): never {
  process.stderr.write(`Scorekeeper stops: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

await main().catch(fail);
