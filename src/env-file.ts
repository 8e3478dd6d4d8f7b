/** The file `.env`, a convenience for one machine; deployments set the environment itself. */
import { existsSync } from 'node:fs';
import { loadEnvFile as load } from 'node:process';

/**
 * Adds what `path` sets to the environment of this process. A variable that exists already, even an empty one,
 * keeps its value. Returns whether there was such a file; throws when it can't be read.
 */
export function loadEnvFile(path = '.env'): boolean {
  if (!existsSync(path)) return false;
  try {
    load(path);
  } catch (error) {
    throw new Error(`The settings file ${path} can't be read: make it a file this user may read.`, {
      cause: error,
    });
  }
  return true;
}
