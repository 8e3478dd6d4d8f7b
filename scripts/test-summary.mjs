// Prints "N passed, N failed" from vitest's JSON report; exits 1 unless something passed and nothing failed.
import { readFileSync } from 'node:fs';

/** @param {string} path */
function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

/** A file that could not even be loaded has no tests to count; it is one failure itself. */
function failedToLoad(report) {
  return report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
}

const report = readReport(process.argv[2]);
if (report === null) console.error('The tests did not run: a check before them failed.');
const passed = report === null ? 0 : report.numPassedTests;
const failed = report === null ? 1 : report.numFailedTests + failedToLoad(report);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
