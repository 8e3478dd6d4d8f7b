// Plain JavaScript of 2021, so that an old Node can read it and say what to do instead of failing on TypeScript.
import { readFileSync } from 'node:fs';

const project = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const wanted = project.devDependencies.node;

/** @param {string} version such as `24.21.0` */
function majorAndMinor(version) {
  return version.split('.').map(Number);
}

/** @param {string} version */
function isTooOld(version) {
  const [major, minor] = majorAndMinor(version);
  const [wantedMajor, wantedMinor] = majorAndMinor(wanted);
  return major < wantedMajor || (major === wantedMajor && minor < wantedMinor);
}

if (isTooOld(process.versions.node)) {
  console.error(
    `This is Node ${process.versions.node}, and Node ${wanted} or newer is needed: ` +
      'run "npm ci", which brings it along, and then "npm start", which uses it.',
  );
  process.exit(1);
}

// Compiled code is kept between starts: the second one is quicker and holds less.
const { enableCompileCache } = await import('node:module');
enableCompileCache?.();

await import('./main.ts');
