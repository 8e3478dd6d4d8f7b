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
const { enableCompileCache } = await import('node:module');
enableCompileCache?.();

await import('./core/quick-imports.mjs');
await import('./main.ts');
