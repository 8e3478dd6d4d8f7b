/** A log that tests can read. */
import type { Log } from '../core/log.ts';

interface LogLine {
  level: keyof Log;
  message: string;
  data: object;
}

export interface CollectedLog {
  log: Log;
  lines: LogLine[];
  /** Messages of one level, in order. */
  at(level: keyof Log): string[];
}

export function collectLog(): CollectedLog {
  const lines: LogLine[] = [];
  const write = (level: keyof Log) => (data: object, message: string) => {
    lines.push({ level, message, data });
  };
  return {
    log: {
      debug: write('debug'),
      info: write('info'),
      warn: write('warn'),
      error: write('error'),
    },
    lines,
    at: (level) => lines.filter((line) => line.level === level).map((line) => line.message),
  };
}
