// Plain JavaScript of 2021, so that an old Node can read it and say what to do instead of failing on TypeScript.
import { readFileSync } from 'node:fs';

const project = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const wanted = project.devDependencies.node;

/** @param {string} version such as `24.21.0` */
function majorOf(version) {
  return Number(version.split('.')[0]);
}

if (majorOf(process.versions.node) < majorOf(wanted)) {
  console.error(
    `This is Node ${process.versions.node}, and Node ${majorOf(wanted)} or newer is needed: ` +
      'run "npm ci", which brings it along, and then "npm start", which uses it.',
  );
  process.exit(1);
}

// Compiled code is kept between starts: the second one is quicker and holds less.
const { enableCompileCache, registerHooks } = await import('node:module');
enableCompileCache?.();

/**
 * Node reads the package.json above each file anew to know what the file is: that of drizzle-orm, 179 KB, once for each
 * of its 113 files and for each of ours that asks for it, a third of all that a start takes. Where a relative import of a
 * whole name leads needs no such search, and where a package is found once is where it is.
 */
const QUERIES = '/node_modules/drizzle-orm/';
const packages = new Map();
registerHooks?.({
  resolve(specifier, context, next) {
    const { parentURL, conditions } = context;
    if (parentURL === undefined) return next(specifier, context);
    if (specifier.startsWith('.')) {
      const url = new URL(specifier, parentURL).href;
      if (url.endsWith('.ts')) return { url, format: 'module-typescript', shortCircuit: true };
      const isQuery = url.endsWith('.js') && parentURL.includes(QUERIES);
      return isQuery ? { url, format: 'module', shortCircuit: true } : next(specifier, context);
    }
    // Packages may have other versions of each other in folders of their own; the program has one of each.
    if (!parentURL.endsWith('.ts')) return next(specifier, context);
    const asked = `${specifier} ${conditions.join()}`;
    const found = packages.get(asked) ?? { ...next(specifier, context), shortCircuit: true };
    packages.set(asked, found);
    return found;
  },
});

await import('./main.ts');
