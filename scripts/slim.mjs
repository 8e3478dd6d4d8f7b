/**
 * Takes out of installed packages what a running program never opens: types, maps and TypeScript (which Node refuses to
 * run there), the C sources of the database, and its binaries for other systems. For servers and images, where nobody
 * develops: it refuses where packages for development are installed, which would not work any more.
 * npm run slim, after npm ci --omit=dev; or node scripts/slim.mjs <folder of node_modules>
 */
import { existsSync, globSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Of better-sqlite3, which brings binaries for eight systems and is compiled nowhere. */
function removeForeignBinaries(folder) {
  const prebuilt = join(folder, 'better-sqlite3/prebuilds');
  if (!existsSync(prebuilt))
    throw new Error(`${prebuilt} is missing: look where the binaries are now`);
  const { platform, arch } = process;
  const isOurs = (file) => file.startsWith(platform) && file.endsWith(`-${arch}.node`);
  const binaries = readdirSync(prebuilt);
  if (!binaries.some(isOurs)) throw new Error(`there is no binary for ${platform}-${arch}`);
  for (const file of binaries) if (!isOurs(file)) rmSync(join(prebuilt, file));
  for (const sources of ['deps', 'src']) {
    rmSync(join(folder, 'better-sqlite3', sources), { recursive: true, force: true });
  }
}

/** Node is what the program runs on, and types come along with packages that run. */
function refuseToDevelop(folder) {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  const forDevelopment = Object.keys(JSON.parse(text).devDependencies).filter(
    (name) => name !== 'node' && !name.startsWith('@types/'),
  );
  const found = forDevelopment.filter((name) => existsSync(join(folder, name)));
  if (found.length === 0) return;
  throw new Error(`${folder} is for development (${found.join(', ')}): first npm ci --omit=dev`);
}

const folder = process.argv[2];
if (folder === undefined)
  throw new Error('name the folder of packages: node scripts/slim.mjs node_modules');
refuseToDevelop(folder);
removeForeignBinaries(folder);
for (const file of globSync('**/*.{map,ts,mts,cts}', { cwd: folder })) {
  rmSync(join(folder, file), { recursive: true });
}
