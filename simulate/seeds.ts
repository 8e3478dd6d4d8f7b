/** Seeds that once found a mistake of the program. They are run with every test. */
import type { RunOptions } from './run.ts';

export interface FormerFailure extends RunOptions {
  /** What went wrong. */
  found: string;
}

export const FORMER_FAILURES: readonly FormerFailure[] = [];
