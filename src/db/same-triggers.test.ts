/** The migrations of both engines make the same triggers. That each refuses is tried in `refusals.test.ts`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { MIGRATIONS as POSTGRES } from './postgres/migrate.ts';
import { MIGRATIONS as SQLITE } from './version.ts';

interface Trigger {
  readonly name: string;
  /** `UPDATE OF state ON bills`. */
  readonly event: string;
  readonly condition: string;
  readonly message: string;
}

const IN_SQLITE =
  /CREATE TRIGGER (?<name>\w+) BEFORE (?<event>[\w\s,]+?)(?:\s+WHEN (?<condition>[\s\S]+?))?\s+BEGIN SELECT RAISE\(ABORT, '(?<message>[^']+)'\); END/g;
const IN_POSTGRES =
  /CREATE TRIGGER (?<name>\w+) BEFORE (?<event>[\w\s,]+?)\s+FOR EACH (?:ROW|STATEMENT)(?:\s+WHEN \((?<condition>[\s\S]+?)\))?\s+EXECUTE FUNCTION refuse\('(?<message>[^']+)'\)/g;

function triggers(folder: string, form: RegExp): Trigger[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.sql'));
  const text = files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
  const found = [...text.matchAll(form)].map(({ groups = {} }) => ({
    name: groups['name'] ?? '',
    event: oneLine(groups['event']),
    condition: oneLine(groups['condition']),
    message: groups['message'] ?? '',
  }));
  expect(found).toHaveLength(text.split('CREATE TRIGGER ').length - 1);
  // A table that was built anew got its triggers again: the last word counts.
  return [...new Map(found.map((trigger) => [trigger.name, trigger])).values()];
}

function oneLine(sql = ''): string {
  return sql.replaceAll(/\s+/g, ' ').replaceAll('IS DISTINCT FROM', 'IS NOT');
}

function byName(all: readonly Trigger[]): Trigger[] {
  return all.toSorted((a, b) => a.name.localeCompare(b.name));
}

const sqlite = triggers(SQLITE, IN_SQLITE);
const postgres = triggers(POSTGRES, IN_POSTGRES);

it('both engines refuse the same, in the same words', () => {
  // Only SQLite replaces rows without asking, only PostgreSQL truncates.
  const shared = postgres.filter(({ event }) => !event.startsWith('TRUNCATE'));
  expect(byName(shared)).toEqual(
    byName(sqlite.filter(({ name }) => !name.endsWith('_no_replace'))),
  );
});

it('what is never deleted is never truncated', () => {
  const ofDelete = sqlite.filter(({ event }) => event.startsWith('DELETE'));
  const expected = ofDelete.map(({ name, event, condition, message }) => ({
    name: name.replace('_no_delete', '_no_truncate'),
    event: event.replace('DELETE', 'TRUNCATE'),
    condition,
    message,
  }));
  const actual = postgres.filter(({ event }) => event.startsWith('TRUNCATE'));
  expect(byName(actual)).toEqual(byName(expected));
});
