import cluster from 'node:cluster';
import {
  growNewSpace,
  setUpV8,
  type PrimaryChannel,
  type Serving,
  Settings,
  type ToWorker,
  Workers,
} from '@app/platform';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { reasonOf, stopOnSignal } from '../lifecycle.js';

const primary: PrimaryChannel = {
  send: (message) => void process.send!(message, undefined, undefined, () => undefined),
  listen: (hear) => process.on('message', hear),
};
const workers = new Workers(primary);
let app: NestExpressApplication | undefined;

/** Serves as one worker of several, until the primary process says stop or is gone. */
async function main(): Promise<void> {
  setUpV8();
  const settings = Settings.fromEnvironment(process.argv.slice(2));
  endWithPrimary(stopOnSignal({ stop, limitMs: settings.shutdownTimeoutMs, signals: ['SIGTERM'] }));
  primary.send({ kind: 'serves', serving: await serve(settings) });
}

async function serve(settings: Settings): Promise<Serving> {
  const service = await import('../app.setup.js');
  app = await service.createApp(settings, { uri: settings.mongodbUri! }, workers);
  growNewSpace();
  return service.serve(app, settings);
}

// One that is still being made has accepted nothing that it would have to finish.
async function stop(): Promise<void> {
  await app?.close();
}

function endWithPrimary(end: () => void): void {
  // Ctrl-C in the terminal reaches every process; the primary one decides what becomes of it.
  process.on('SIGINT', () => undefined);
  process.on('message', ({ kind }: ToWorker) => kind === 'stop' && end());
  cluster.worker!.once('disconnect', () => {
    // Else Node would end this process now, and with it what it has accepted.
    cluster.worker!.exitedAfterDisconnect = true;
    workers.close();
    end();
  });
  primary.send({ kind: 'listens' });
}

await main().catch((error: unknown) => {
  process.send!({ kind: 'failed', reason: reasonOf(error) }, undefined, undefined, () => process.exit(1));
});
