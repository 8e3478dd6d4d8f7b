/** In which order the files of tests run. */
import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files, or folders with a slash at the end, that take longest: whole programs, or many lives of them. */
export const SLOW = [
  'simulate/',
  'test/',
  'src/bills/crash.test.ts',
  'src/bills/property.test.ts',
  'src/copy/',
  'sandbox/program/',
  'src/topups/check.test.ts',
];

/**
 * Slow files first, of each engine: one that begins last would keep a processor busy for minutes while the other has
 * nothing to do. vitest itself knows from the last run how long files take, and in a fresh clone there was none.
 */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort.call(this, files);
    // A worker serves one engine, so these stay together.
    const engines = [...new Set(sorted.map(({ project }) => project.name))];
    return engines.flatMap((engine) =>
      sorted
        .filter(({ project }) => project.name === engine)
        .toSorted((a, b) => Number(isSlow(b)) - Number(isSlow(a))),
    );
  }
}

function isSlow({ moduleId, project }: TestSpecification): boolean {
  const path = relative(project.config.root, moduleId);
  return SLOW.some((start) => path.startsWith(start));
}
