/** A connection's compiled statements, kept by their text: compiling one takes longer than most of them run. */
import type SqliteClient from 'better-sqlite3';

/** More than the program has; a list of values makes a text for each of its lengths. The longest unused go. */
export const MOST_KEPT = 500;

/** The same connection, whose `prepare` gives the statement that it gave before for this text. For drizzle. */
export function keepingStatements(client: SqliteClient.Database): SqliteClient.Database {
  const kept = new Map<string, SqliteClient.Statement>();

  function prepare(text: string): SqliteClient.Statement {
    const statement = kept.get(text) ?? client.prepare(text);
    // Puts it at the end of the line, whose first goes when there are too many.
    kept.delete(text);
    kept.set(text, statement);
    const [first] = kept.keys();
    if (kept.size > MOST_KEPT && first !== undefined) kept.delete(first);
    // drizzle asks for rows as lists each time it wants them so, and takes for granted that a new one gives objects.
    return statement.reader ? statement.raw(false) : statement;
  }
  return Object.create(client, { prepare: { value: prepare } });
}
