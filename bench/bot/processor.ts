/** What the kernel says of a process. Linux only. */
import { readFileSync } from 'node:fs';

/** Of the kernel's accounts; the same on every Linux. */
const TICKS_PER_SECOND = 100;

/** Processor time of all its threads since it began, in milliseconds, to 10 ms. */
export function processorMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is the program's name in brackets and may hold spaces.
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11);
  return ((Number(user) + Number(system)) * 1000) / TICKS_PER_SECOND;
}

export function residentMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}
