/**
 * How a writer learns whether a COMMIT without an answer took place. Each writer has a row of its own and writes the
 * number of the group into it as the group's last statement. PostgreSQL's own answer, `pg_xact_status`, will not do:
 * after a crash it gives the numbers of lost transactions to new ones, and calls the lost ones committed.
 */

/** What the driver keeps for itself, beside the program's tables. */
export const CREATE_MARKS = `create table if not exists writer_marks (
  id text primary key,
  mark bigint not null,
  at timestamptz not null default now()
) with (fillfactor = 20)`;

/** Removes the rows of processes that ended long ago. */
export const FORGET_MARKS = `delete from writer_marks where at < now() - interval '7 days'`;

/** Parameters: the writer. */
export const BEGIN_MARKS =
  'insert into writer_marks (id, mark) values ($1, 0) on conflict (id) do update set at = now()';

/** Inside a group. Parameters: the writer, the group's number. */
export const MARK = 'update writer_marks set mark = $2 where id = $1';

/**
 * The number of the last group that was committed. Waits for one that is being committed, and makes sure that none
 * comes later: it writes the row, so whoever began before and wants to write it meets a serialization failure.
 * Parameters: the writer.
 */
export const LAST_MARK = 'update writer_marks set at = now() where id = $1 returning mark';
