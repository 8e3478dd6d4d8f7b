import { badRequest } from './api-error.ts';

export interface Upload {
  name: string;
  mimeType: string;
  bytes: Uint8Array;
}

/**
 * The arguments of one call. The real server turns every argument into a string whatever the body's type, so
 * numbers may come as text and objects as JSON text; the readers here accept the same.
 */
export class Params {
  readonly #values: Map<string, unknown>;
  readonly #uploads: Map<string, Upload>;

  constructor(values: Map<string, unknown>, uploads: Map<string, Upload>) {
    this.#values = values;
    this.#uploads = uploads;
  }

  has(name: string): boolean {
    return this.text(name) !== '';
  }

  /** Empty when absent: the real server makes no difference. */
  text(name: string): string {
    const value = this.#values.get(name);
    if (value === undefined || value === null) return '';
    return typeof value === 'string' ? value : JSON.stringify(value);
  }

  /** `fallback` when absent or not a number; clamped into the range, as the real server does. */
  integer(name: string, range: { fallback: number; min?: number; max?: number }): number {
    const value = this.text(name).trim();
    if (!/^-?\d+$/.test(value)) return range.fallback;
    return Math.min(Math.max(Number(value), range.min ?? -Infinity), range.max ?? Infinity);
  }

  flag(name: string): boolean {
    const value = this.text(name).trim().toLowerCase();
    return value === 'true' || value === 'yes' || value === '1';
  }

  /** Undefined when absent. Throws the 400 of the real server, naming `what`, when the text is not JSON. */
  json(name: string, what: string): unknown {
    const value = this.#values.get(name);
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value !== 'string') return value;
    try {
      return JSON.parse(value) as unknown;
    } catch {
      throw badRequest(`Can't parse ${what} JSON object`);
    }
  }

  upload(name: string): Upload | undefined {
    return this.#uploads.get(name);
  }

  /** For the log of calls. */
  toRecord(): Record<string, unknown> {
    const record: Record<string, unknown> = Object.fromEntries(this.#values);
    for (const [name, upload] of this.#uploads) {
      record[name] = { file: upload.name, sizeBytes: upload.bytes.length };
    }
    return record;
  }
}
