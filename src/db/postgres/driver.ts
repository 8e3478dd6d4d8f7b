/** The driver's connections, set up so that what comes out of them is what SQLite gives. */
import { type ClientConfig, type CustomTypesConfig, type QueryArrayConfig, types } from 'pg';

/** A query's rows, each an array in the order of its columns. */
export type Rows = unknown[][];

/** Sums of bigint are numeric. */
function exact(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && !Number.isSafeInteger(value))
    throw new Error(`PostgreSQL gave ${text}, which a JavaScript number can't hold exactly.`);
  return value;
}

const exactTypes: CustomTypesConfig = {
  getTypeParser(...of: Parameters<typeof types.getTypeParser>) {
    const [oid] = of;
    return oid === types.builtins.INT8 || oid === types.builtins.NUMERIC
      ? exact
      : types.getTypeParser(...of);
  },
};

/**
 * Whatever waits for the server goes through it. `question` says in a few words, or in SQL, what for. For who simulates
 * time and broken connections.
 */
export type Around = <T>(question: string, work: () => Promise<T>) => Promise<T>;

export const justDoIt: Around = (_, work) => work();

/** How long a connection may take to open. */
const CONNECT_TIMEOUT_MS = 5000;

export function clientOptions(url: string): ClientConfig {
  return {
    connectionString: url,
    application_name: 'tolov',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    types: exactTypes,
  };
}

/** Statements that get a name: planned once for each connection. Others, of which there may be any number, do not. */
const MAX_NAMES = 400;
/** A list of ids makes a statement of its own for each length; most are never seen again. */
const USES_BEFORE_NAME = 3;

const uses = new Map<string, number>();
const names = new Map<string, string>();

/** The same text has the same name on every connection. */
function statementName(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MAX_NAMES) return known;
  const count = (uses.get(text) ?? 0) + 1;
  if (count <= USES_BEFORE_NAME) {
    if (uses.size > 10 * MAX_NAMES) uses.clear();
    uses.set(text, count);
    return undefined;
  }
  uses.delete(text);
  const name = `tolov_${names.size}`;
  names.set(text, name);
  return name;
}

/** A query for the driver. PostgreSQL's text has no NUL; SQLite's has, and whatever strangers send may. */
export function queryOf(text: string, params: readonly unknown[]): QueryArrayConfig<unknown[]> {
  const name = statementName(text);
  return {
    text,
    values: params.map((each) => (typeof each === 'string' ? withoutNul(each) : each)),
    rowMode: 'array',
    ...(name === undefined ? {} : { name }),
  };
}

/** What PostgreSQL can hold of a text. */
export function withoutNul(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '\ufffd') : text;
}
