/** The thread that looks for damage: everything in it may block. Started by `damage.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { damageIn } from './damage.ts';

parentPort?.postMessage(damageIn(workerData as string), []);
