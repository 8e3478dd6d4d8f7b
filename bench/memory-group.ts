/** A group of processes that get so much memory and no more, as on a small server: Linux's cgroups, which take root. */
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';

const OLD = '/sys/fs/cgroup/memory';
const NEW = '/sys/fs/cgroup';

export interface MemoryGroup {
  /** A command in front of another one, which then runs in the group with all that it starts. */
  under: readonly string[];
  /** Processes that were killed for want of memory. */
  killed(): number;
  /** All its processes have to have ended. */
  remove(): void;
}

/** Null where this can't be done: no root, no Linux, or a system that keeps its groups to itself. */
export function memoryGroup(bytes: number): MemoryGroup | null {
  const isOld = existsSync(`${OLD}/memory.limit_in_bytes`);
  const folder = `${isOld ? OLD : NEW}/tolov-bench-${process.pid}`;
  try {
    mkdirSync(folder);
    writeFileSync(`${folder}/${isOld ? 'memory.limit_in_bytes' : 'memory.max'}`, String(bytes));
    const swap = `${folder}/${isOld ? 'memory.memsw.limit_in_bytes' : 'memory.swap.max'}`;
    if (existsSync(swap)) writeFileSync(swap, String(isOld ? bytes : 0));
  } catch {
    return null;
  }
  const events = `${folder}/${isOld ? 'memory.oom_control' : 'memory.events'}`;
  return {
    under: ['sh', '-c', `echo $$ > ${folder}/cgroup.procs && exec "$@"`, 'sh'],
    killed: () => Number(/^oom_kill (\d+)$/m.exec(readFileSync(events, 'utf8'))?.[1] ?? NaN),
    remove: () => rmdirSync(folder),
  };
}
