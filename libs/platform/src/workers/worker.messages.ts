/** Whom a question goes to: every worker that listens, or only those that serve already. */
export type Respondents = 'all' | 'serving';

/** Where a worker serves. */
export interface Serving {
  readonly url: string;
  /** Where gRPC is served, if it is. */
  readonly grpc?: string;
}

/** A question to the workers, whoever asks it. */
export interface Question {
  readonly question: string;
  /** What it is about, where it is about something. */
  readonly about: string;
}

/** What a worker tells its primary process. */
export type FromWorker =
  /** It hears what it is told from now on, and only now begins to make the service. */
  | { readonly kind: 'listens' }
  | { readonly kind: 'serves'; readonly serving: Serving }
  | { readonly kind: 'failed'; readonly reason: string }
  /** It wants the answers of the workers, its own among them. */
  | ({ readonly kind: 'ask'; readonly id: number; readonly of: Respondents; readonly withinMs: number } & Question)
  | { readonly kind: 'answer'; readonly id: number; readonly value?: unknown; readonly error?: string };

/** What the primary process tells a worker. */
export type ToWorker =
  { readonly kind: 'stop' } | ({ readonly kind: 'question'; readonly id: number } & Question) | Answers;

/** The answers to what a worker has asked. */
export interface Answers {
  readonly kind: 'answers';
  readonly id: number;
  readonly values: readonly unknown[];
  /** Why these are not all: workers came or went meanwhile, one took too long, or one could not answer. */
  readonly missing?: 'changed' | 'late' | 'failed';
}

/** How a worker reaches its primary process. */
export interface PrimaryChannel {
  /** Never throws: what cannot be sent any more is of no use to anyone. */
  readonly send: (message: FromWorker) => void;
  readonly listen: (hear: (message: ToWorker) => void) => void;
}
