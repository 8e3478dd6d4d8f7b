// What is looked at without running the program, all of it at once: format, types and lint, migrations. What each says is
// shown when it ends. Exits 1 when one fails.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

const CHECKS = ['format:check', 'lint', 'db:check'];

/** @param {string} name of a script in package.json */
async function run(name) {
  // One stream for both, so that lines stay in their order.
  const child = spawn(`npm run --silent ${name} 2>&1`, {
    shell: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  console.log(`${code === 0 ? 'ok' : 'FAILED'}: npm run ${name}\n${code === 0 ? '' : said}`);
  return code === 0;
}

const outcomes = await Promise.all(CHECKS.map((name) => run(name)));
process.exitCode = outcomes.every(Boolean) ? 0 : 1;
