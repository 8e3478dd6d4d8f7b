/** Dates as the providers write them: Tashkent time (UTC+5) without a zone. */

const TASHKENT_OFFSET_MS = 5 * 3_600_000;

/** `2026-05-16T09:30:00` */
export function tashkentStamp(at: number): string {
  return new Date(at + TASHKENT_OFFSET_MS).toISOString().slice(0, 19);
}

/** `2026-05-16 09:30:00` */
export function spacedStamp(at: number): string {
  return tashkentStamp(at).replace('T', ' ');
}
