// node deploy/way-back.mjs <release> <other release>: prints the migrations that only one of them has and after which the
// other one can't work, one a line. Nothing: either may run on the tables of the other.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What an older program stumbles over: something it knows is gone, or something it does not know is asked of it. */
const HINDRANCES = [
  /\bDROP\s+(?:TABLE|COLUMN|CONSTRAINT)\b/i,
  /\bRENAME\b/i,
  /\bCREATE\s+(?:UNIQUE|(?:OR\s+REPLACE\s+)?TRIGGER)\b/i,
  /\bSET\s+NOT\s+NULL\b/i,
  /\bADD\b(?![^;]*\bDEFAULT\b)[^;]*\bNOT\s+NULL\b/i,
];

/** The SQL of each migration of a release by its name, such as `sqlite/0000_tables`. */
function migrationsOf(release) {
  const names = ['sqlite', 'postgres'].flatMap((engine) => {
    const folder = join(release, 'migrations', engine);
    const files = existsSync(folder) ? readdirSync(folder) : [];
    return files.filter((file) => file.endsWith('.sql')).map((file) => `${engine}/${file}`);
  });
  return new Map(
    names.map((name) => [
      name.replace(/\.sql$/, ''),
      readFileSync(join(release, 'migrations', name), 'utf8'),
    ]),
  );
}

/** Migrations after which an older program may go on, by the release's own word. Not named: it may not. */
function allowedBy(release) {
  const file = join(release, 'migrations', 'compatibility.json');
  return new Set(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).back : []);
}

/** Those of `release` that `other` does not have, and can't live with. */
function noWayBack(release, other) {
  const known = migrationsOf(other);
  const allowed = allowedBy(release);
  return [...migrationsOf(release)]
    .filter(([name]) => !known.has(name))
    .filter(([name, sql]) => !allowed.has(name) || HINDRANCES.some((each) => each.test(sql)))
    .map(([name]) => name);
}

const [, , one, another] = process.argv;
if (!one || !another) throw new Error('usage: node way-back.mjs <release> <other release>');
for (const name of [...noWayBack(one, another), ...noWayBack(another, one)]) console.log(name);
