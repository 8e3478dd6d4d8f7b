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
 * Where a relative import of whole name leads needs no search. Node makes one all the same, and reads the package.json
 * above each file: that of drizzle-orm, 179 KB, once for each of its 113 files, a third of all that a start takes.
 */
const QUERIES = '/node_modules/drizzle-orm/';
registerHooks?.({
  resolve(specifier, context, next) {
    const { parentURL } = context;
    if (!specifier.startsWith('.') || parentURL === undefined) return next(specifier, context);
    const { href } = new URL(specifier, parentURL);
    if (href.endsWith('.ts')) return { url: href, format: 'module-typescript', shortCircuit: true };
    if (href.endsWith('.js') && parentURL.includes(QUERIES)) {
      return { url: href, format: 'module', shortCircuit: true };
    }
    return next(specifier, context);
  },
});

await import('./main.ts');
