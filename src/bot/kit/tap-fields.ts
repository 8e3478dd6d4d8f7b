/** What buttons carry: each kind of argument, how it is spelled, and what it means. */
import { z } from 'zod';

/** Arguments in their order. Each is spelled in one way only, so that nothing but a button of ours can be read. */
export type Fields = Readonly<Record<string, z.ZodType<unknown, string>>>;

export type Values<F extends Fields> = { [K in keyof F]: z.output<F[K]> };

export function pack<F extends Fields>(fields: F, values: Values<F>, between: string): string {
  return Object.entries(fields)
    .map(([name, field]) => z.encode(field, values[name]))
    .join(between);
}

/** The values that were packed; null for what `pack` does not write. */
export function unpack<F extends Fields>(fields: F, parts: readonly string[]): Values<F> | null {
  const known = Object.entries(fields);
  if (known.length !== parts.length) return null;
  const values: Record<string, unknown> = {};
  for (const [index, [name, field]] of known.entries()) {
    const read = field.safeParse(parts[index]);
    if (!read.success) return null;
    values[name] = read.data;
  }
  return values as Values<F>;
}

/** What a single argument means; null for what no button or question of ours carries. */
export function valueOf<T>(field: z.ZodType<T, string>, text: string): T | null {
  const read = field.safeParse(text);
  return read.success ? read.data : null;
}

/** The id of an order, a bill, a story and so on. */
export const anId = z.string().regex(/^[\w-]{1,40}$/);

/** A list by its letter, and where on it, or none: see `origin.ts`. */
export const anOrigin = z.string().regex(/^(?:-|[tbaio](?:0|[1-9]\d{0,5}))$/);

/** A whole number from 0 on. */
export const whole = numbers(/^(?:0|[1-9]\d{0,15})$/, 10);
/** A whole number from 1 on. */
export const positive = numbers(/^[1-9]\d{0,15}$/, 10);
/** Any whole number, spelled shorter. */
export const short = numbers(/^(?:0|-?[1-9a-z][\da-z]{0,10})$/, 36);

function numbers(spelling: RegExp, base: number) {
  return z.codec(z.string().regex(spelling), z.int(), {
    decode: (text) => Number.parseInt(text, base),
    encode: (number) => number.toString(base),
  });
}

const none = z.codec(z.literal('-'), z.null(), { decode: () => null, encode: () => '-' as const });

export function orNone<T extends z.ZodType<unknown, string>>(field: T) {
  return z.union([none, field]);
}
