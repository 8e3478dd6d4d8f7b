/** Waiting for what sockets, files and other processes bring: they move while a test's clock stands still. */
import { vi } from 'vitest';
import { patience } from './patience.ts';

/** Resolves to what `check` returns, once it throws no more. Rejects with what it threw last. */
export async function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return await vi.waitFor(check, { timeout: patience(20_000), interval: 5 });
}
