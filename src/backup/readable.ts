/** Files that somebody names: a restore runs as the user of the program, and they come from somebody else. */
import { accessSync, constants, statSync } from 'node:fs';
import { userName } from '../db/unusable.ts';

/** Throws, with what to do, when this user can't read `file`. */
export function assertReadable(file: string): void {
  try {
    accessSync(file, constants.R_OK);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new Error(`There is no file ${file}.`, { cause: error });
    }
    throw new Error(
      `${file} may not be read by ${userName()}, who restores. Put it where this user may read it, and give it ` +
        'to that user (chown).',
      { cause: error },
    );
  }
  if (!statSync(file).isFile()) throw new Error(`${file} is a folder. Name a file in it.`);
}
