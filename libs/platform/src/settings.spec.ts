import { availableParallelism } from 'node:os';
import { Settings } from '@app/platform';
import { sageMakerEnvironment } from './sagemaker.js';

describe('Settings', () => {
  it('has a default for everything and stays on this machine unless it is told otherwise', () => {
    expect(Settings.from({})).toMatchObject({
      port: 8000,
      host: '127.0.0.1',
      defaultModel: 'flight-delay',
      mongodbUri: undefined,
    });
  });

  it('reads what the environment says', () => {
    expect(Settings.from({ PORT: '9001', MODELS_DIR: '' })).toMatchObject({ port: 9001, modelsDir: undefined });
  });

  it('has one worker unless it is told otherwise; auto: one for each core', () => {
    expect([Settings.from({}).workers, Settings.from({ WORKERS: '3' }).workers]).toEqual([1, 3]);
    expect(Settings.from({ WORKERS: 'auto' }).workers).toBe(availableParallelism());
  });

  it.each([
    ['PORT', 'x'],
    ['PORT', '70000'],
    ['LOG_LEVEL', 'loud'],
    ['MAX_BODY_BYTES', '-1'],
    ['HOST', ''],
    ['WORKERS', '0'],
    ['WORKERS', 'many'],
  ])('stops at a wrong %s=%s and names the variable', (variable, value) => {
    expect(() => Settings.from({ [variable]: value })).toThrow(new RegExp(`^${variable}=`));
  });
});

describe('a container that SageMaker starts', () => {
  it.each<[Record<string, string>, boolean, object]>([
    [{ PORT: '8000' }, false, { PORT: '8080', HOST: '0.0.0.0' }],
    [{ SAGEMAKER_BIND_TO_PORT: '9000' }, true, { PORT: '9000', MODELS_DIR: '/opt/ml/model' }],
  ])('takes its port and its model from there (%j)', (environment, hasModel, expected) => {
    expect(sageMakerEnvironment(environment, hasModel)).toMatchObject(expected);
  });
});
