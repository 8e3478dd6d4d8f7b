/** What `npm start -- …` may be told beside its settings. */
import { parseArgs } from 'node:util';

export interface Arguments {
  /** Play money, whatever the settings are. */
  sandbox: boolean;
  /** New books, although there are copies of older ones. */
  newDatabase: boolean;
  /** A file that was moved to PostgreSQL is to be the one again. */
  oldDatabase: boolean;
}

const USAGE = [
  'npm start [-- --sandbox] [-- --new-database] [-- --old-database]',
  '',
  '  --sandbox       play money on this machine, whatever credentials are set',
  '  --new-database  begin with empty books although the file is missing beside its copies',
  '  --old-database  go back to a file that was moved to PostgreSQL: nobody has worked there since',
].join('\n');

/** Throws with what may be said: a word mistyped must not start something else. */
export function readArguments(args: readonly string[]): Arguments {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        sandbox: { type: 'boolean', default: false },
        'new-database': { type: 'boolean', default: false },
        'old-database': { type: 'boolean', default: false },
      },
    });
    return {
      sandbox: values.sandbox,
      newDatabase: values['new-database'],
      oldDatabase: values['old-database'],
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('.')[0] : 'unknown argument';
    throw new Error(`${reason}.\n\n${USAGE}`, { cause: error });
  }
}
