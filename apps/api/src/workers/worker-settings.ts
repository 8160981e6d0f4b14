import { availableParallelism } from 'node:os';
import { type Serving, type Settings, USUAL_GRPC_PORT } from '@app/platform';

const LEAST_JOURNAL_BYTES = 64 * 1024;
const LEAST_THREADS = 2;

/** What a worker's environment has of its own: the one database, and its share of what is meant for the whole service. */
export function workerEnvironment(settings: Settings, databaseUri: string, first?: Serving): Record<string, string> {
  return {
    MONGODB_URI: databaseUri,
    JOURNAL_MAX_BYTES: String(Math.max(LEAST_JOURNAL_BYTES, Math.floor(settings.journalMaxBytes / settings.workers))),
    SCORING_THREADS: String(threadsOf(settings)),
    ...(first && settings.grpcPort === undefined && { GRPC_PORT: grpcPortOf(first) }),
  };
}

function threadsOf({ scoringThreads, workers }: Settings): number {
  if (scoringThreads > 0) return Math.ceil(scoringThreads / workers);
  return Math.max(LEAST_THREADS, Math.floor((availableParallelism() - 1) / workers));
}

// All workers have the port of the first one; where that was a free one, whoever asks for any is given the same.
function grpcPortOf({ grpc }: Serving): string {
  return grpc?.endsWith(`:${USUAL_GRPC_PORT}`) ? String(USUAL_GRPC_PORT) : '0';
}
