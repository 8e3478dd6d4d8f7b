/**
 * Lists the licence of every package that runs in production, and fails for one that nobody has looked at.
 * node scripts/licences.mjs [folder of another project]
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Each lets anybody use, change and pass on the program, closed or open. */
const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'OFL-1.1',
  'Python-2.0',
  'Unlicense',
]);

/** Is it allowed? `A OR B` leaves the choice, `A AND B` asks for both. */
function isAllowed(expression) {
  const plain = expression.trim().replace(/^\((.*)\)$/, '$1');
  if (plain.includes(' OR ')) return plain.split(' OR ').some(isAllowed);
  if (plain.includes(' AND ')) return plain.split(' AND ').every(isAllowed);
  return ALLOWED.has(plain);
}

/** The licence a package names, also in the old ways of writing it; empty when it names none. */
function licenceOf({ license, licenses }) {
  const named = license ?? licenses ?? '';
  const all = (Array.isArray(named) ? named : [named]).map((each) =>
    typeof each === 'string' ? each : (each.type ?? ''),
  );
  return all.join(' OR ');
}

/** Every package of the lock file that is not for development alone. Optional ones may not be installed. */
function productionPackages(root) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return Object.entries(packages)
    .filter(([path, entry]) => path !== '' && entry.dev !== true && entry.link !== true)
    .flatMap(([path, entry]) => {
      const file = join(root, path, 'package.json');
      const isThere = existsSync(file);
      // For another system: the lock file says what it is under.
      if (!isThere && entry.optional !== true) throw new Error(`${path} is not installed`);
      const manifest = isThere ? JSON.parse(readFileSync(file, 'utf8')) : entry;
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      return [{ name, version: entry.version, licence: licenceOf(manifest) }];
    });
}

/** What nobody has allowed. */
function refused(packages) {
  return packages.filter(({ licence }) => !isAllowed(licence));
}

function main() {
  const root = process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url));
  const packages = productionPackages(root);
  for (const { name, version, licence } of packages) {
    console.log(`${name}@${version}: ${licence}`);
  }
  const bad = refused(packages);
  for (const { name, licence } of bad) {
    console.error(`${name} is under "${licence}". Read it, then allow it in scripts/licences.mjs.`);
  }
  console.log(`${packages.length} packages, ${bad.length} refused`);
  if (bad.length > 0) process.exitCode = 1;
}

main();
