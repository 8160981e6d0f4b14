import { engineCommands } from './engine-command.js';
import { EngineListener } from './engine.listener.js';
import { STOP, type EngineNews, type EngineSettings } from './engine-settings.js';
import { openEngine } from './engine.js';
import { TtlSweeper } from './ttl.sweeper.js';

/** Longer than any command of ours takes; what is journaled is safe from the kill. */
const CLOSE_TIMEOUT_MS = 8_000;

let close: (() => Promise<void>) | undefined;
let isEnding = false;

function tell(news: EngineNews): Promise<void> {
  return new Promise((resolve) => process.send?.(news, () => resolve()));
}

async function open(settings: EngineSettings): Promise<void> {
  const engine = await openEngine(settings);
  const listener = new EngineListener(engine, settings.socketPath);
  const sweeper = new TtlSweeper(engineCommands(engine), settings.ttlSweepMs);
  close = async () => {
    sweeper.stop();
    await listener.close();
    await engine.close();
  };
  await listener.listen();
  sweeper.start();
  await tell({ kind: 'ready' });
}

/** Closes the engine and ends; one that is still opening, or does not close, is killed: its journal keeps the data. */
async function end(): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  const kill = () => process.kill(process.pid, 'SIGKILL');
  if (!close) return void kill();
  setTimeout(kill, CLOSE_TIMEOUT_MS).unref();
  await close();
  process.exit(0);
}

// Ctrl-C is the server's to handle: it flushes into us first, then says stop.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => void end());
process.on('message', (message) => void (message === STOP && end()));
// The server is gone, however it went.
process.on('disconnect', () => void end());
if (!process.connected) void end();

open(JSON.parse(process.argv[2]!) as EngineSettings).catch(async (error: unknown) => {
  console.error(error);
  await tell({ kind: 'failed', reason: String((error as Error).message) });
  process.exit(1);
});
