/** The thread that audits: everything in it may block. Started by `audit-aside.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { snapshot } from '../db/sqlite.ts';
import type { AuditOrder } from './audit-aside.ts';
import { auditAll } from './books.ts';

const { path, ...options } = workerData as AuditOrder;
const report = await snapshot(path, (queries) => auditAll(queries, options));
parentPort?.postMessage(report, []);
