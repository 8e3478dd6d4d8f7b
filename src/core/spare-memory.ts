/** Memory that a start took and nothing needs any more. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

type Collect = (how: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void;

/**
 * Gives what is not in use back to the system: V8 keeps what a start needed for as long as the program is idle. Takes some tenths of a
 * second, in which nothing else runs.
 */
export function giveBackMemory(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as Collect;
  // Code that is kept for the next start is only taken there under the flags that it was made with.
  setFlagsFromString('--no-expose-gc');
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}
