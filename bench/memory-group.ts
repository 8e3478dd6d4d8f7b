/** A group of processes that get so much memory and no more, as on a small server: Linux's cgroups, which take root. */
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';

const OLD = '/sys/fs/cgroup/memory';
const NEW = '/sys/fs/cgroup';

export interface MemoryGroup {
  /** The words to put in front of a command: it and all that it starts then run in the group. */
  under: readonly string[];
  /** How many of its processes were killed because the memory was used up. */
  killed(): number;
  /** Call it only when all processes of the group have ended. */
  remove(): void;
}

/** A group of processes that may use so much memory together. Null where the machine can't make one: without root or Linux. */
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
