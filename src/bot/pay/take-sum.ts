/** A sum that was chosen, wherever that was. */
import { TIYIN_PER_SOM, type Tiyin } from '../../core/money.ts';
import type { Next, Now } from '../kit/talk.ts';
import { outOfLimits } from '../kit/format.ts';
import { valueOf, whole } from '../kit/tap-fields.ts';
import { formOf } from './form.ts';
import type { PayParts } from '../kit/pay-parts.ts';
import type { Paying } from './known.ts';

/** Takes the sum that a button carries. */
export async function takeSum(
  now: Now<Paying>,
  parts: PayParts,
  arg: string,
): Promise<Next<Paying>> {
  return await take(now, parts, valueOf(whole, arg) ?? 0);
}

/** Takes the sum, if the service does. */
export async function take(
  now: Now<Paying>,
  parts: PayParts,
  sumTiyin: Tiyin,
): Promise<Next<Paying>> {
  const { ctx, known } = now;
  const form = await formOf(now, parts);
  if (form.kind !== 'form') return { known };
  const { minTiyin, maxTiyin } = form.service;
  const isFine = sumTiyin >= minTiyin && sumTiyin <= maxTiyin && sumTiyin % TIYIN_PER_SOM === 0;
  return isFine
    ? { known: { ...known, sumTiyin, offer: null } }
    : { known, notice: outOfLimits(ctx.t, form.service) };
}
