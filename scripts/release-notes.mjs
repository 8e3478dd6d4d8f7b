// Prints the changelog's section of a version, for the release's text: node scripts/release-notes.mjs v0.2.0
// Exits 1 where package.json has another version, or the changelog has no section with something in it.
import { readFileSync } from 'node:fs';

const [tag = ''] = process.argv.slice(2);
const version = tag.replace(/^v/, '');
const read = (name) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');

function fail(why) {
  console.error(`release: ${why}`);
  process.exit(1);
}

const about = JSON.parse(read('package.json'));
if (about.version !== version) fail(`package.json says ${about.version}, the tag ${tag}`);
const lock = JSON.parse(read('package-lock.json'));
if (lock.version !== version) fail(`package-lock.json says ${lock.version}, the tag ${tag}`);
const section = read('CHANGELOG.md')
  .split(/^## /m)
  .find((each) => each.startsWith(`[${version}]`));
const text = section?.slice(section.indexOf('\n')).trim();
if (!text) fail(`CHANGELOG.md has nothing about ${version}`);
console.log(text);
