import 'reflect-metadata';
import { type Database, resolveDatabase } from '@app/database';
import { Settings } from '@app/platform';
import { fail, say, stopOnSignal } from './lifecycle.js';

/** Starts the service, in one process or in several; it ends cleanly on SIGINT or SIGTERM. */
async function main(): Promise<void> {
  const settings = Settings.fromEnvironment(process.argv.slice(2));
  if (settings.workers === 1) return serve(settings);
  const { superviseWorkers } = await import('./workers/primary.js');
  return superviseWorkers(settings, await openDatabase(settings));
}

async function serve(settings: Settings): Promise<void> {
  // The engine starts in a process of its own while this one still reads the rest of the service.
  const [database, { createApp, GrpcServer }] = await Promise.all([openDatabase(settings), import('./app.setup.js')]);
  const app = await createApp(settings, database);
  const stop = async (): Promise<void> => {
    // The database last: requests that were accepted are answered, and their records are kept, first.
    await app.close();
    await database.stop();
  };
  stopOnSignal({ stop, limitMs: settings.shutdownTimeoutMs });
  await app.listen(settings.port, settings.host);
  const { address } = app.get(GrpcServer);
  if (address !== undefined) say(`gRPC on ${address}`);
  say(`Scorekeeper serves on ${await app.getUrl()} (docs: /docs)`);
}

function openDatabase({ mongodbUri, dataDir }: Settings): Promise<Database> {
  return resolveDatabase({ ...(mongodbUri !== undefined && { uri: mongodbUri }), dataDir, log: say });
}

await main().catch(fail);
