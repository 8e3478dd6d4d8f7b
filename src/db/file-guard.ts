/**
 * A file that was deleted or moved away stays open, and what is written into it then nobody finds again. So each group of
 * transactions looks, before its commit, whether the path still leads to the file that was opened.
 */
import { statSync } from 'node:fs';

/** Nothing is written any more. The message says why, and what to do. */
export class DatabaseGoneError extends Error {
  override name = 'DatabaseGoneError';
  readonly code = 'DATABASE_GONE';
}

interface FileGuard {
  /**
   * What became of the file; null: it is there. A file that was gone once stays gone: others may have worked on another
   * one meanwhile.
   */
  lost(): string | null;
  /** Throws DatabaseGoneError. */
  assertThere(): void;
}

/** What SQLite works on. Without its log or its index a file is as lost as without itself. */
const PARTS = ['', '-wal', '-shm'] as const;

/** Call it when the file is open and its log is there. */
export function guardFile(path: string): FileGuard {
  const opened = PARTS.map((suffix) => ({ name: path + suffix, is: identityOf(path + suffix) }));
  let loss: string | null = null;

  function lost(): string | null {
    loss ??= opened.flatMap(({ name, is }) => changeOf(name, is))[0] ?? null;
    return loss;
  }
  return {
    lost,
    assertThere() {
      const what = lost();
      if (what !== null) throw new DatabaseGoneError(`${what}. ${WHAT_TO_DO}`);
    },
  };
}

const WHAT_TO_DO =
  'Nothing is written any more, so that nothing is lost unseen. Stop the program, put the file back or restore a copy ' +
  '(docs/operations.md, "The file is gone"), and start it again.';

function changeOf(name: string, opened: string | null | undefined): string[] {
  const found = identityOf(name);
  if (found === opened || found === undefined || opened === undefined) return [];
  return [`${name} was ${found === null ? 'deleted or moved' : 'replaced by another file'}`];
}

/** Which file the name leads to. Null: to none. Undefined: nobody can say, which is no reason to stop. */
function identityOf(name: string): string | null | undefined {
  try {
    const found = statSync(name, { throwIfNoEntry: false });
    return found === undefined ? null : `${found.dev}:${found.ino}`;
  } catch {
    return undefined;
  }
}
