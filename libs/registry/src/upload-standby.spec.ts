import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Settings } from '@app/platform';
import { jest } from '@jest/globals';
import { ModelConverter } from './model.converter.js';
import { ModelTrial } from './model.trial.js';
import { STANDBY_MS } from './standby.js';

const settings = Settings.from({});
const fileName = 'flight-delay.onnx';
const bytes = readFileSync(new URL('../../../test/fixtures/flight-delay.onnx', import.meta.url));

/** How many threads with JavaScript of their own this process has. */
function threads(): number {
  return (process.report.getReport() as { workers: unknown[] }).workers.length;
}

describe('what stands by for the next upload', () => {
  let converter: ModelConverter;
  let trial: ModelTrial;

  beforeEach(() => {
    jest.useFakeTimers({
      doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'setInterval', 'performance', 'Date'],
    });
    converter = new ModelConverter(settings);
    trial = new ModelTrial(settings);
  });

  afterEach(async () => {
    await Promise.all([converter.onApplicationShutdown(), trial.onApplicationShutdown()]);
    jest.useRealTimers();
  });

  const upload = async (): Promise<void> => {
    const { onnx, signature, wiring } = await converter.convert({ bytes, fileName });
    await trial.run({ model: { onnx, signature, wiring } });
  };

  const settled = async (count: number): Promise<number> => {
    for (let tries = 0; threads() !== count && tries < 100; tries++) await sleep(20);
    return threads();
  };

  it('is gone when no upload has come for a while, and back with the next one', async () => {
    const before = threads();
    await upload();
    expect(await settled(before + 2)).toBe(before + 2);
    jest.advanceTimersByTime(STANDBY_MS);
    expect(await settled(before)).toBe(before);
    await upload();
    expect(await settled(before + 2)).toBe(before + 2);
  });

  it('stays as long as uploads come', async () => {
    const before = threads();
    await upload();
    jest.advanceTimersByTime(STANDBY_MS - 1);
    await upload();
    jest.advanceTimersByTime(STANDBY_MS - 1);
    expect(await settled(before + 2)).toBe(before + 2);
  });
});
