/** The setup of this folder, by the program's own environment. */
import { existsSync, readFileSync } from 'node:fs';
import { realDeps } from '../core/deps.ts';
import { choose } from './ask.ts';
import { runSetup } from './setup.ts';

const TEMPLATE = new URL('../../.env.example', import.meta.url);
const ENV_FILE = '.env';

/** Rejects with a `Cancelled` when it is left. `environment`: without what the file says. */
export async function setUpHere(environment: NodeJS.ProcessEnv): Promise<'written' | 'unchanged'> {
  const template = readFileSync(TEMPLATE, 'utf8');
  return await runSetup({ path: ENV_FILE, template, environment, deps: realDeps() });
}

/** At the first start on a terminal: `written` when there are settings now. Rejects with a `Cancelled`. */
export async function offerSetup(environment: NodeJS.ProcessEnv): Promise<'written' | 'sandbox'> {
  // An image has no template: it gets its settings from outside.
  if (!existsSync(TEMPLATE)) return 'sandbox';
  const wanted = await choose('There are no settings yet. How shall Tolov start?', [
    {
      value: 'sandbox',
      label: 'In the sandbox: look around with play money, no account needed',
    },
    {
      value: 'setup',
      label: 'With real payments: questions first',
      hint: 'npm run setup, at any time',
    },
  ]);
  if (wanted === 'sandbox') return 'sandbox';
  return (await setUpHere(environment)) === 'written' ? 'written' : 'sandbox';
}
