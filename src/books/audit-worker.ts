/** The thread that audits: everything in it may block. Started by `audit-in-worker.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { snapshotOf } from '../db/open.ts';
import type { AuditOrder } from './audit-in-worker.ts';
import { auditAll } from './audit.ts';

const { address, ...options } = workerData as AuditOrder;
const report = await snapshotOf(address, (queries) => auditAll(queries, options));
parentPort?.postMessage(report, []);
