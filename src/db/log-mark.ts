/**
 * Tells a file from one whose log is lost. For days the newest payments may stand in `-wal` alone; a file that was copied without
 * it, or whose log somebody removed, opens without complaint, as it was days ago.
 *
 * So the header of the file itself says “not without the log”, and the log, from its first entry on, says that nothing is missing:
 * whoever moves the log into the file, be it SQLite or somebody who looked into it, moves that as well.
 */
import type SqliteClient from 'better-sqlite3';

/** SQLite leaves this field of the header to programs. */
const FIELD = 'user_version';
const OFFSET = 60;
const NOT_WITHOUT_LOG = 1;

/** How much of a file `saysNotAlone` wants to see. */
export const HEADER_BYTES = 100;

/** Does the beginning of a file say that it is not whole without its log? */
export function saysNotAlone(header: Buffer): boolean {
  return header.length >= HEADER_BYTES && header.readUInt32BE(OFFSET) === NOT_WITHOUT_LOG;
}

/**
 * SQLite moves the log into the file by itself when it is long: the mark is then gone, and is made anew after so many commits. A
 * little before the log of as many credits is long, so that this takes the place of what SQLite would do, and costs no more.
 */
export const EVERY_COMMITS = 500;

interface LogMark {
  /** Call it right after each commit. Never throws: that commit is durable whatever happens here. */
  committed(): void;
  /** Call it before the log is moved into the file for good. */
  clear(): void;
}

/** `client` writes, in WAL mode, and is in no transaction. Throws when the file can't be marked now. */
export function markLog(client: SqliteClient.Database): LogMark {
  let commits = 0;
  const set = (value: number): void => void client.exec(`PRAGMA ${FIELD} = ${value}`);
  const clear = (): void => {
    if (client.pragma(FIELD, { simple: true }) !== 0) set(0);
  };

  /** PASSIVE waits for nobody. While somebody reads, a part of the log stays, perhaps the mark: the next time will do. */
  function mark(): void {
    client.pragma('wal_checkpoint(PASSIVE)');
    try {
      set(NOT_WITHOUT_LOG);
      client.pragma('wal_checkpoint(PASSIVE)');
    } finally {
      clear();
    }
  }

  mark();
  return {
    clear,
    committed() {
      commits += 1;
      if (commits < EVERY_COMMITS) return;
      commits = 0;
      try {
        mark();
      } catch {
        // A full disk refuses the next commit as well, and that one is told of.
        commits = EVERY_COMMITS;
      }
    },
  };
}
