import { tooComplex } from './pickle-fault.js';

/** What one file may cost to read; each limit is far above what a real model needs. */
export interface PickleLimits {
  /** Of the file, and again of what it decompresses to. */
  readonly maxBytes: number;
  readonly maxOpcodes: number;
  /** Lists, tuples, dicts, byte strings, arrays and objects together: a byte of a file can cost a few hundred of memory. */
  readonly maxObjects: number;
  readonly maxMemoEntries: number;
  readonly maxStackDepth: number;
  readonly maxMarks: number;
  /** Levels of containers in containers. */
  readonly maxNesting: number;
  /** Bytes of all arrays together, and of what constructors copy. */
  readonly maxDataBytes: number;
  /** Pickles inside pickles (joblib's object arrays), one in the other. */
  readonly maxNestedStreams: number;
  readonly timeoutMs: number;
}

/** The limits of a reader that was given none. */
export const DEFAULT_LIMITS: PickleLimits = {
  maxBytes: 128 * 2 ** 20,
  maxOpcodes: 5_000_000,
  maxObjects: 1_000_000,
  maxMemoEntries: 2_000_000,
  maxStackDepth: 1_000_000,
  maxMarks: 10_000,
  maxNesting: 1_000,
  maxDataBytes: 256 * 2 ** 20,
  maxNestedStreams: 3,
  timeoutMs: 10_000,
};

const OPCODES_BETWEEN_CLOCK_READINGS = 4096;

/** Counts what reading one file has cost, its nested streams included, and stops at the limits. */
export class Budget {
  readonly #deadline: number;
  #opcodes = 0;
  #objects = 0;
  #dataBytes = 0;

  constructor(readonly limits: PickleLimits) {
    this.#deadline = performance.now() + limits.timeoutMs;
  }

  spendOpcode(): void {
    if (++this.#opcodes > this.limits.maxOpcodes) tooComplex(`more than ${this.limits.maxOpcodes} opcodes`);
    if (this.#opcodes % OPCODES_BETWEEN_CLOCK_READINGS === 0) this.checkTime();
  }

  spendObject(): void {
    if (++this.#objects > this.limits.maxObjects) tooComplex(`more than ${this.limits.maxObjects} objects`);
  }

  spendData(bytes: number): void {
    this.checkTime();
    this.#dataBytes += bytes;
    if (this.#dataBytes > this.limits.maxDataBytes) {
      tooComplex(`more than ${this.limits.maxDataBytes} bytes of array data`);
    }
  }

  checkTime(): void {
    if (performance.now() > this.#deadline) tooComplex(`reading took more than ${this.limits.timeoutMs} ms`);
  }
}
