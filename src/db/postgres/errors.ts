/** What went wrong at PostgreSQL, as far as it matters what to do next. */

/** PostgreSQL could not be asked whether a COMMIT without an answer took place. */
export class CommitUnknownError extends Error {
  override name = 'CommitUnknownError';
  constructor(cause: unknown) {
    super(
      'The connection to PostgreSQL broke while a transaction was being committed, and the server could not say ' +
        'afterwards whether it took place. Whatever is asked again is safe: it happens once.',
      { cause },
    );
  }
}

/** Serialization failure and deadlock: the same transaction may succeed when it runs again. */
const CONFLICTS = new Set(['40001', '40P01']);

/**
 * Codes of the system and of PostgreSQL that mean "not now": it is not there, starts, stops, has no room, or is no
 * leader any more (25006: a standby can't write).
 */
const LOST =
  /^(?:25006|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|ENOENT|08.{3}|57P0[1-5]|53300|25P0[34])$/;

/** The driver has no codes for these. */
const LOST_WORDS =
  /connection terminated|connection error and is not queryable|timeout exceeded when trying to connect|timeout expired|query read timeout|client was closed/i;

/** May the same transaction succeed when it runs again? Appendix A of PostgreSQL's manual. */
export function isConflict(error: unknown): boolean {
  return CONFLICTS.has(codeOf(error) ?? '');
}

/** Is the connection gone, or the server not there for the moment? */
export function isLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError && error.errors.some(isLost)) return true;
  const code = codeOf(error);
  return code === undefined ? LOST_WORDS.test(error.message) : LOST.test(code);
}

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
