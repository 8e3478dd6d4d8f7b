/** Where the log goes: standard output, whose reader may go away, stand still or have no room. The program goes on. */
import type { Writable } from 'node:stream';

interface LogOutput {
  /** Never throws. A line that can't be written is lost, and counted. */
  write(text: string): void;
  /** How many were lost since the start. */
  linesLost(): number;
  /** `listener` is told how many were lost once lines can be written again. */
  onBack(listener: (lost: number) => void): void;
}

/** A reader that stands still must not cost the memory that people's payments need. */
const MAX_WAITING_BYTES = 8 * 1024 * 1024;

/** `aside` is told once, while it can hear, that lines are being lost. */
function createLogOutput(stream: Writable, aside: Writable): LogOutput {
  const lines = { lost: 0, untold: 0 };
  let back: ((lost: number) => void) | null = null;
  // Each failed write is an event as well, and one that nobody listens to ends the process.
  stream.on('error', () => undefined);
  aside.on('error', () => undefined);

  function lose(reason: string): void {
    lines.lost += 1;
    lines.untold += 1;
    if (lines.lost > 1) return;
    aside.write(
      `The log can't be written (${reason}): its lines are lost until it can be. The program goes on.\n`,
    );
  }
  function written(error: Error | null | undefined): void {
    if (error) {
      lose('code' in error ? String(error.code) : error.message);
    } else if (lines.untold > 0) {
      const { untold } = lines;
      lines.untold = 0;
      back?.(untold);
    }
  }
  return {
    write(text) {
      if (stream.writableLength > MAX_WAITING_BYTES) lose('nobody reads it');
      else stream.write(text, written);
    },
    linesLost: () => lines.lost,
    onBack(listener) {
      back = listener;
    },
  };
}

let standard: LogOutput | null = null;

/** The process has one, whoever logs. */
export function standardOutput(): LogOutput {
  standard ??= createLogOutput(process.stdout, process.stderr);
  return standard;
}
