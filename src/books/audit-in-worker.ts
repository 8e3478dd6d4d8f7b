/** The audit in a thread of its own: a large file takes seconds to read, and people are answered meanwhile. */
import { Worker } from 'node:worker_threads';
import type { DatabaseAddress } from '../db/address.ts';
import type { AuditOptions, BooksReport } from './audit.ts';

export interface AuditOrder extends AuditOptions {
  address: DatabaseAddress;
}

/** `auditBooks` on a connection and a thread of its own. Rejects when the database can't be read. */
export async function auditInWorker(order: AuditOrder): Promise<BooksReport> {
  const worker = new Worker(new URL('audit-worker.ts', import.meta.url), { workerData: order });
  // A program that stops does not wait for it: it changes nothing.
  worker.unref();
  return await new Promise((resolve, reject) => {
    worker.once('message', (report: BooksReport) => resolve(report));
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the audit ended with code ${code}`)));
  });
}
