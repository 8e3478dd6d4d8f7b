/** The program's tables as a copy sees them: taken from the schema, so that a new table is copied from its first day. */
import { is } from 'drizzle-orm';
import {
  getTableConfig,
  type SQLiteColumn,
  SQLiteBaseInteger,
  SQLiteTable,
} from 'drizzle-orm/sqlite-core';
import * as tables from '../tables.ts';

export interface ColumnLayout {
  name: string;
  kind: 'integer' | 'boolean' | 'text';
}

export interface TableLayout {
  name: string;
  columns: readonly ColumnLayout[];
  /** The columns of its primary key. */
  key: readonly string[];
  /** The column that the engine numbers by itself, and never with a number it gave before. */
  numbered: string | null;
  /** Tables whose rows must be there first. */
  needs: readonly string[];
}

/** All tables; each comes after those its rows refer to. */
export function tableLayouts(): TableLayout[] {
  const open = Object.values(tables)
    .filter((each) => is(each, SQLiteTable))
    .map((table) => layoutOf(table))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const ordered: TableLayout[] = [];
  while (open.length > 0) {
    const next = open.findIndex(({ needs }) => !open.some(({ name }) => needs.includes(name)));
    if (next < 0)
      throw new Error('Tables refer to each other in a circle: none can be copied first.');
    ordered.push(...open.splice(next, 1));
  }
  return ordered;
}

function layoutOf(table: SQLiteTable): TableLayout {
  const { name, columns, primaryKeys, foreignKeys } = getTableConfig(table);
  const key = primaryKeys[0]?.columns ?? columns.filter((column) => column.primary);
  const numbered = columns.find((each) => is(each, SQLiteBaseInteger) && each.autoIncrement);
  const needs = foreignKeys.map((each) => getTableConfig(each.reference().foreignTable).name);
  return {
    name,
    columns: columns.map((column) => ({ name: column.name, kind: kindOf(name, column) })),
    key: key.map((column) => column.name),
    numbered: numbered?.name ?? null,
    needs: needs.filter((each) => each !== name),
  };
}

function kindOf(table: string, column: SQLiteColumn): ColumnLayout['kind'] {
  const type = column.getSQLType();
  if (type === 'text') return 'text';
  if (type === 'integer') return column.dataType === 'boolean' ? 'boolean' : 'integer';
  throw new Error(`${table}.${column.name} is ${type}: the copy does not know how to carry that.`);
}
