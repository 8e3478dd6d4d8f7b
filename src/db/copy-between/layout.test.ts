import { onTestFinished, expect, it } from 'vitest';
import { temporaryFile } from '../../testing/sqlite-file.ts';
import { tableLayouts } from './layout.ts';

it('knows every table and every column that the migrations make', async () => {
  const file = temporaryFile();
  onTestFinished(() => file.remove());
  const columns = await file.raw.all(
    `select t.name || '.' || c.name as place from sqlite_schema t, pragma_table_info(t.name) c
     where t.type = 'table' and t.name not like 'sqlite\\_%' escape '\\' and t.name <> '__drizzle_migrations'`,
  );
  const known = tableLayouts().flatMap((table) =>
    table.columns.map((column) => `${table.name}.${column.name}`),
  );
  const made = columns.map(({ place }) => String(place));
  expect(known.toSorted()).toEqual(made.toSorted());
});

it('puts each table after those it refers to, and knows its key and who numbers its rows', () => {
  const names = tableLayouts().map(({ name }) => name);
  for (const { name, needs } of tableLayouts())
    for (const needed of needs) expect(names.indexOf(needed)).toBeLessThan(names.indexOf(name));
  const byName = new Map(tableLayouts().map((table) => [table.name, table]));
  expect(byName.get('lines')).toMatchObject({
    needs: ['entries', 'accounts'],
    key: ['entry_id', 'position'],
    numbered: null,
  });
  expect(byName.get('entries')).toMatchObject({ key: ['id'], numbered: 'id' });
  expect(tableLayouts().every(({ key }) => key.length > 0)).toBe(true);
});

it('tells booleans, numbers and texts apart', () => {
  const topups = tableLayouts().find(({ name }) => name === 'topups');
  const kinds = new Map(topups?.columns.map(({ name, kind }) => [name, kind]));
  expect([kinds.get('cancel_wanted'), kinds.get('paid_tiyin'), kinds.get('order_code')]).toEqual([
    'boolean',
    'integer',
    'text',
  ]);
});
