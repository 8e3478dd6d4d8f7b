// Prints "N passed, N failed" from vitest's JSON report, and before it what passed only when it was tried again; exits 1
// unless something passed and nothing failed.
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

/** What passed and has a failure all the same failed at first. */
function passedAtSecondTry(report) {
  return report.testResults
    .flatMap((file) => file.assertionResults)
    .filter((test) => test.status === 'passed' && (test.failureMessages ?? []).length > 0);
}

const report = readReport(process.argv[2]);
if (report === null) console.error('The tests did not run: a check before them failed.');
const passed = report === null ? 0 : report.numPassedTests;
const failed = report === null ? 1 : report.numFailedTests + failedToLoad(report);
for (const test of report === null ? [] : passedAtSecondTry(report)) {
  console.log(`!!! PASSED AT THE SECOND TRY: ${test.fullName}\n    ${test.failureMessages[0]}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
