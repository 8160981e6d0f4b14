import { Settings } from '@app/platform';
import { workerEnvironment } from './worker-settings.js';

const URI = 'mongodb://127.0.0.1/scorekeeper';
const of = (environment: Record<string, string>, grpc?: string) =>
  workerEnvironment(Settings.from(environment), URI, grpc === undefined ? undefined : { url: 'http://x', grpc });

describe('the settings of a worker', () => {
  it('name the one database, and divide what is meant for the whole service', () => {
    const environment = { WORKERS: '4', JOURNAL_MAX_BYTES: '4194304', SCORING_THREADS: '6' };
    expect(of(environment)).toEqual({ MONGODB_URI: URI, JOURNAL_MAX_BYTES: '1048576', SCORING_THREADS: '2' });
  });

  it('leave each a journal and threads to work with, however many they are', () => {
    const { JOURNAL_MAX_BYTES, SCORING_THREADS } = of({ WORKERS: '200', JOURNAL_MAX_BYTES: '65536' });
    expect([JOURNAL_MAX_BYTES, SCORING_THREADS]).toEqual(['65536', '2']);
  });

  it.each([
    ['127.0.0.1:8001', '8001'],
    ['127.0.0.1:40123', '0'],
  ])('have later workers share the gRPC port of the first, %s', (grpc, wanted) => {
    expect(of({ WORKERS: '2' }, grpc)).toMatchObject({ GRPC_PORT: wanted });
    expect(of({ WORKERS: '2', GRPC_PORT: '9000' }, grpc)).not.toHaveProperty('GRPC_PORT');
  });
});
