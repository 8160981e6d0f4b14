import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

const HALF_SPACE_BYTES = 8 * 1024 * 1024;
const LOOK_EVERY_MS = 100;

/** Sets how V8 collects and compiles in this process, called before anything else; its space for new objects stays as small as it is, as long as all that is read stays. */
export function setUpV8(): void {
  // The heap is collected once it has grown by half, and not only when it is four times what is in use.
  setFlagsFromString('--heap-growing-percent=50');
  // Few new objects are in use when they are collected: threads that help with them take processors from requests.
  setFlagsFromString('--no-parallel-scavenge');
  // A worker thread that ends while V8 compiles for it elsewhere may end the process (Node 20; github.com/v8/node/pull/208):
  // those compile by themselves. It is read when a thread starts, so this one goes on having it done.
  setFlagsFromString('--no-concurrent-recompilation');
  growBy(1);
}

/**
 * Lets the space for new objects grow to 16 MB, two halves in turn, in one step, once requests are served, and nearly never
 * further: V8 alone would go on to 32, on Node 24 to 64 MB.
 */
export function growNewSpace(): void {
  growTo16();
  // Again and again: with each new thread V8 sets the factor to 2 for all, and when little is asked it makes the space small again.
  setInterval(growTo16, LOOK_EVERY_MS).unref();
}

function growTo16(): void {
  growBy(Math.max(1, Math.floor(HALF_SPACE_BYTES / halfSpaceBytes())));
}

function growBy(factor: number): void {
  setFlagsFromString(`--semi-space-growth-factor=${factor}`);
}

// Not its size: of that the other half is a part or not.
function halfSpaceBytes(): number {
  const newSpace = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')!;
  return newSpace.space_used_size + newSpace.space_available_size;
}
