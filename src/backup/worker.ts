/** The process that makes a backup: everything in it may block. Started by `run.ts`, told what to do over IPC. */
import { constants, setPriority } from 'node:os';
import { type BackupOrder, makeBackup } from './make.ts';
import type { WorkerAnswer } from './run.ts';
import { toBackupError } from './trouble.ts';

async function work(order: BackupOrder): Promise<WorkerAnswer> {
  try {
    return { kind: 'made', made: await makeBackup(order) };
  } catch (error) {
    const { code, details } = toBackupError(error);
    return { kind: 'failed', code, details: details.slice(0, 20) };
  }
}

// People who pay go before copies.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
process.once('message', (order: BackupOrder) => {
  void work(order).then((answer) => process.send?.(answer, () => process.disconnect()));
});
// The program went away: nobody waits for the rest.
process.once('disconnect', () => process.exit(0));
