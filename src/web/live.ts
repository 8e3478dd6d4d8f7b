/** Tells open pages that something has changed; they read again what they show. Looks only while a page is open. */
import type { Clock } from '../core/deps.ts';

const LOOK_EVERY_MS = 2000;
/** Proxies, and our own server, cut a connection on which nothing moves. */
const SIGN_OF_LIFE_MS = 20_000;

interface LiveOptions {
  clock: Clock;
  /** A word that is another one whenever something has changed. */
  pulse: () => Promise<string>;
  /** May this page still look? Asked before it is told anything. */
  mayLook: () => Promise<boolean>;
  tell: (news: 'changed' | 'alive') => Promise<void>;
  signal: AbortSignal;
}

/** Resolves when the page has gone, or may not look any more. Throws what reading and telling throw. */
export async function watch({ clock, pulse, mayLook, tell, signal }: LiveOptions): Promise<void> {
  let known = await pulse();
  let toldAt = clock.elapsed();
  await tell('alive');
  for (;;) {
    await clock.sleep(LOOK_EVERY_MS, signal).catch(() => undefined);
    if (signal.aborted || !(await mayLook())) return;
    const now = await pulse();
    const isChanged = now !== known;
    known = now;
    if (!isChanged && clock.elapsed() - toldAt < SIGN_OF_LIFE_MS) continue;
    toldAt = clock.elapsed();
    await tell(isChanged ? 'changed' : 'alive');
  }
}
