/** What `npm start -- …` may be told beside its settings. */
import { parseArgs } from 'node:util';

export interface Arguments {
  /** Play money, whatever the settings are. */
  sandbox: boolean;
}

const USAGE = [
  'npm start [-- --sandbox]',
  '',
  '  --sandbox  play money on this machine, whatever credentials are set',
].join('\n');

/** Throws with what may be said: a word mistyped must not start something else. */
export function readArguments(args: readonly string[]): Arguments {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { sandbox: { type: 'boolean', default: false } },
    });
    return values;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('.')[0] : 'unknown argument';
    throw new Error(`${reason}.\n\n${USAGE}`, { cause: error });
  }
}
