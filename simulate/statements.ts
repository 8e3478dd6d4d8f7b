/**
 * The program builds most of its queries anew each time they are asked, and the driver prepares them anew. A simulation
 * asks the same ones millions of times: here each connection prepares each query once.
 */
import SqliteClient from 'better-sqlite3';

/** Returns the function that ends it. */
export function prepareOnce(): () => void {
  const { prototype } = SqliteClient;
  const prepare: SqliteClient.Database['prepare'] = Reflect.get(prototype, 'prepare');
  const known = new WeakMap<object, Map<string, SqliteClient.Statement>>();
  prototype.prepare = function prepareKnown(this: SqliteClient.Database, source: string) {
    const statements = known.get(this) ?? new Map<string, SqliteClient.Statement>();
    known.set(this, statements);
    let statement = statements.get(source);
    if (!statement) {
      statement = prepare.call(this, source) as SqliteClient.Statement;
      statements.set(source, statement);
    }
    return statement;
  } as typeof prepare;
  return () => {
    prototype.prepare = prepare;
  };
}
