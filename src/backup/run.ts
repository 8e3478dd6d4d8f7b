/** Makes a backup in a process of its own, so that the program goes on answering people meanwhile. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type BackupMade, type BackupOrder, makeBackup } from './make.ts';
import { BackupError } from './trouble.ts';
import type { BackupTrouble } from '../books/backup-report.ts';

export type WorkerAnswer =
  { kind: 'made'; made: BackupMade } | { kind: 'failed'; code: BackupTrouble; details: string[] };

export interface BackupRunner {
  /** Rejects with a BackupError. One at a time. */
  run(order: BackupOrder): Promise<BackupMade>;
  /** Ends a copy that is being made; its half file is removed by the next one. */
  stop(): Promise<void>;
}

const WORKER = fileURLToPath(new URL('worker.ts', import.meta.url));

export function createBackupRunner(): BackupRunner {
  let child: ChildProcess | null = null;
  return {
    async run(order) {
      if (child) throw new BackupError('failed', ['another copy is being made']);
      // Nothing of the environment: the child needs no secrets.
      const env = { PATH: process.env['PATH'], TMPDIR: process.env['TMPDIR'] };
      const started = fork(WORKER, [], {
        env,
        execArgv: [],
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      child = started;
      try {
        return await answerOf(started, order);
      } finally {
        child = null;
      }
    },
    async stop() {
      const running = child;
      if (!running || running.exitCode !== null || running.signalCode !== null) return;
      const ended = new Promise((resolve) => running.once('exit', resolve));
      running.kill('SIGKILL');
      await ended;
    },
  };
}

/** Makes them in this process, which does nothing else meanwhile. */
export const backupInPlace: BackupRunner = { run: makeBackup, stop: async () => undefined };

async function answerOf(child: ChildProcess, order: BackupOrder): Promise<BackupMade> {
  const answer = await new Promise<WorkerAnswer>((resolve, reject) => {
    child.once('message', (message) => resolve(message as WorkerAnswer));
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      reject(new BackupError('failed', [`its process ended with ${signal ?? `code ${code}`}`])),
    );
    child.send(order);
  });
  if (answer.kind === 'made') return answer.made;
  throw new BackupError(answer.code, answer.details);
}
