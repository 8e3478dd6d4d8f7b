/** The real browser that the page is tried in: Debian's Chromium, or whatever CHROMIUM_PATH names. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Null where there is none. */
export const CHROMIUM_PATH = findChromium();

export const NO_CHROMIUM =
  'There is no Chromium: install it (apt-get install chromium), or set CHROMIUM_PATH.';

/** Where a Chromium must be there: without it tests fail instead of being skipped. */
export const IS_REQUIRED = process.env['REQUIRE_CHROMIUM'] === '1';

/** With an empty profile of its own in a temporary folder. Throws without a Chromium. */
export async function launchChromium(): Promise<Browser> {
  if (CHROMIUM_PATH === null) throw new Error(NO_CHROMIUM);
  return await chromium.launch({ executablePath: CHROMIUM_PATH, args: ARGUMENTS });
}

function findChromium(): string | null {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') return isExecutable(named) ? named : null;
  const folders = ['/usr/bin', ...(process.env['PATH'] ?? '').split(delimiter)];
  const candidates = folders.map((folder) => join(folder, 'chromium'));
  return candidates.find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
