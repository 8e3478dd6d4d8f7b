/** What the program says of itself, and the machine of it, every few seconds. */
import { readFileSync } from 'node:fs';
import type { RealProgram } from '../../test/process.ts';

export interface Samples {
  memoryMb: number[];
  /** What JavaScript holds of it, garbage included. */
  heapMb: number[];
  loopP99Ms: number[];
  loopMaxMs: number[];
  outboxOldestS: number[];
  /** Of processor time since the program began. */
  busyS: number[];
}

export const noSamples = (): Samples => ({
  memoryMb: [],
  heapMb: [],
  loopP99Ms: [],
  loopMaxMs: [],
  outboxOldestS: [],
  busyS: [],
});

/** Of the kernel's accounts; the same on every Linux. */
const TICKS_PER_SECOND = 100;

/** Each time what happened since the last time. */
export async function sample(program: RealProgram, samples: Samples): Promise<void> {
  const status = readFileSync(`/proc/${program.pid}/status`, 'utf8');
  samples.memoryMb.push(Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024);
  const [user, system] = readFileSync(`/proc/${program.pid}/stat`, 'utf8').split(' ').slice(13);
  samples.busyS.push((Number(user) + Number(system)) / TICKS_PER_SECOND);
  const metrics = await (await fetch(`${program.url}/metrics`)).text();
  const value = (name: string): number =>
    Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(metrics)?.[1] ?? NaN);
  samples.heapMb.push(value('nodejs_heap_size_used_bytes') / 1024 / 1024);
  samples.loopP99Ms.push(value('nodejs_eventloop_lag_p99_seconds') * 1000);
  samples.loopMaxMs.push(value('nodejs_eventloop_lag_max_seconds') * 1000);
  samples.outboxOldestS.push(value('tolov_outbox_oldest_seconds'));
}
