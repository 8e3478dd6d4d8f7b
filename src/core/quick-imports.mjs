// Loaded before everything else, by the program's start and by the processes that run tests.
import { registerHooks } from 'node:module';

/**
 * Node reads the package.json above each file anew to know what the file is: that of drizzle-orm, 179 KB, once for each
 * of its 113 files and for each of ours that asks for it, a third of all that a start takes. Where a relative import of a
 * whole name leads needs no such search, and where a package is found once is where it is.
 */
const QUERIES = '/node_modules/drizzle-orm/';
const packages = new Map();
registerHooks({
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
