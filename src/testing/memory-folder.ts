import { constants, accessSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const IN_MEMORY = '/dev/shm';
/** A small server with what a run of the tests writes; a container may have less. */
const ROOM_BYTES = 1024 ** 3;

/** Where files are in memory, if there is room for a database server; else the folder for temporary files. */
export function folderInMemory(): string {
  try {
    accessSync(IN_MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(IN_MEMORY);
    return bavail * bsize >= ROOM_BYTES ? IN_MEMORY : tmpdir();
  } catch {
    return tmpdir();
  }
}
