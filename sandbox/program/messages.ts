/** What the sandbox's process and the program's say to each other over the channel between them. */
import { z } from 'zod';
import type { Config } from '../../src/settings/types.ts';

export interface TimeNow {
  /** Milliseconds since 1970, on the sandbox's clock. */
  now: number;
  rate: number;
}

export type ToProgram =
  | ({ kind: 'start'; config: Config; publicUrl: string | null } & TimeNow)
  | ({ kind: 'time' } & TimeNow)
  /** Where payment systems reach the program from now on; null: nowhere. */
  | { kind: 'public_url'; publicUrl: string | null }
  | { kind: 'stop' };

const fromProgram = z.discriminatedUnion('kind', [
  /** It listens to messages and waits for `start`. */
  z.object({ kind: z.literal('here') }),
  /** It works, behind this port of 127.0.0.1. */
  z.object({ kind: z.literal('ready'), port: z.int() }),
  /** It can't start and ends. */
  z.object({ kind: z.literal('failed'), message: z.string() }),
  /** Nothing is left to do before somebody's hour comes: answered with `time`. */
  z.object({ kind: z.literal('rests') }),
  z.object({ kind: z.literal('memory'), residentMb: z.number() }),
]);

export type FromProgram = z.infer<typeof fromProgram>;

/** The message, if it is one of these; null for anything else. */
export function readFromProgram(message: unknown): FromProgram | null {
  const parsed = fromProgram.safeParse(message);
  return parsed.success ? parsed.data : null;
}

/** The argument that makes the program's start begin the sandbox's child. */
export const CHILD_ARGUMENT = '--sandbox-program';
