/** A process that logs when it is told to, and says how many lines it lost. */
import { createLog } from './log.ts';
import { standardOutput } from './log-output.ts';

const log = createLog({ level: 'info', format: 'json', scrub: (text) => text });

process.on('message', (line: string) => {
  log.info({}, line);
  // Whether it could be written is known by then.
  setImmediate(() => process.send?.(standardOutput().linesLost()));
});
process.once('disconnect', () => process.exit(0));
