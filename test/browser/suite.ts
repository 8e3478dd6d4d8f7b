/** Tests in a real browser: one process of the program and one browser for a suite, a fresh profile for each test. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished } from 'vitest';
import { patience } from '../../src/testing/patience.ts';
import { CHROMIUM_PATH, IS_REQUIRED, launchChromium, NO_CHROMIUM } from './chromium.ts';
import { PATIENCE_MS } from './play.ts';
import { type SandboxProcess, startSandboxProcess } from './sandbox-process.ts';

/** Many times what a test takes, for a machine that is busy with other things. */
const LIMIT_MS = patience(60_000);

/** Opens the page as somebody who was never here before. */
type OpenPage = (options?: BrowserContextOptions) => Promise<Page>;

/**
 * Without a Chromium the tests are skipped, which is said aloud, or fail when REQUIRE_CHROMIUM=1. Whatever the browser
 * complains of on its console fails the test. What fails is tried once more: a browser on a busy machine is late in ways of
 * its own. `scripts/test-summary.mjs` names what needed it.
 */
export function browserSuite(name: string, tests: (open: OpenPage) => void): void {
  const isSkipped = CHROMIUM_PATH === null && !IS_REQUIRED;
  if (isSkipped) {
    console.warn(`\n!!! SKIPPED: ${name}. ${NO_CHROMIUM}\n`);
  }
  describe.skipIf(isSkipped)(`${name}, in Chromium`, { timeout: LIMIT_MS, retry: 1 }, () => {
    let sandbox: SandboxProcess | undefined;
    let browser: Browser | undefined;
    const complaints: string[] = [];

    beforeAll(async () => {
      if (CHROMIUM_PATH === null) return;
      // One after the other: what one leaves behind when the other fails would never end.
      browser = await launchChromium();
      sandbox = await startSandboxProcess();
    }, LIMIT_MS);
    afterAll(async () => {
      await browser?.close();
      await sandbox?.stop();
    });
    afterEach(() => {
      expect(complaints.splice(0)).toEqual([]);
    });

    tests(async (options = {}) => {
      if (!sandbox || !browser) throw new Error(NO_CHROMIUM);
      const context = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        ...options,
      });
      onTestFinished(async () => await context.close());
      context.setDefaultTimeout(PATIENCE_MS);
      const page = await context.newPage();
      page.on('pageerror', ({ message }) => complaints.push(message));
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
      });
      await page.goto(sandbox.url);
      return page;
    });
  });
}
