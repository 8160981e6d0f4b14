import type { FolderClaim } from '@app/journal';

/** The journal of a process that is gone, in this process's care until all of it is in the database. */
export class Adoption {
  /** Resolves when it is. */
  readonly done: Promise<void>;
  private resolve: () => void;

  constructor(readonly claim: FolderClaim) {
    this.done = new Promise((resolve) => (this.resolve = resolve));
  }

  end(): void {
    this.claim.release();
    this.resolve();
  }
}
