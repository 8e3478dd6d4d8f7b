import type { Random } from '../../src/core/deps.ts';

/** `b6135bb4-ef3c-4ab1-a5aa-db174a9bdc26` */
export function randomUuid(random: Random): string {
  const hex = Buffer.from(random.bytes(16)).toString('hex');
  const version = `4${hex.slice(13, 16)}`;
  const variant = `a${hex.slice(17, 20)}`;
  return [hex.slice(0, 8), hex.slice(8, 12), version, variant, hex.slice(20)].join('-');
}
