import module from 'node:module';
import { join } from 'node:path';
import { findDatabase, type FoundDatabase } from '@app/database/start';
import { growNewSpace, setUpV8, Settings } from '@app/platform/start';
import { fail, say, stopOnSignal } from './lifecycle.js';

/** Starts the service, in one process or in several; it ends cleanly on SIGINT or SIGTERM. */
async function main(): Promise<void> {
  setUpV8();
  const settings = Settings.fromEnvironment(process.argv.slice(2));
  keepCompiled(join(settings.dataDir, 'compiled'));
  const found = await lookForDatabase(settings);
  if (settings.workers === 1) return serve(settings, found);
  const { superviseWorkers } = await import('./workers/primary.js');
  return superviseWorkers(settings, await found.start());
}

async function serve(settings: Settings, found: FoundDatabase): Promise<void> {
  // The engine starts in a process of its own while this one reads the rest of the service.
  const [database, service] = await Promise.all([found.start(), import('./app.setup.js')]);
  const app = await service.createApp(settings, database);
  const stop = async (): Promise<void> => {
    // The database last: requests that were accepted are answered, and their records are kept, first.
    await app.close();
    await database.stop();
  };
  stopOnSignal({ stop, limitMs: settings.shutdownTimeoutMs });
  growNewSpace();
  const { url, grpc } = await service.serve(app, settings);
  if (grpc !== undefined) say(`gRPC on ${grpc}`);
  say(`Scorekeeper serves on ${url} (docs: /docs)`);
}

// Node 22 and later keep what they have compiled; where nothing can be written there, they compile again.
function keepCompiled(folder: string): void {
  (module as { enableCompileCache?: (folder: string) => unknown }).enableCompileCache?.(folder);
}

function lookForDatabase({ mongodbUri, dataDir }: Settings): Promise<FoundDatabase> {
  return findDatabase({ ...(mongodbUri !== undefined && { uri: mongodbUri }), dataDir, log: say });
}

await main().catch(fail);
