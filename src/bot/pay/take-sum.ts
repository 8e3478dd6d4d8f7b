/** A sum that was chosen, wherever that was. */
import { readTypedSum, TIYIN_PER_SOM, type Tiyin } from '../../core/money.ts';
import type { Next, Now } from '../kit/talk.ts';
import { badSumNotice, outOfLimits } from '../kit/format.ts';
import { plainText } from '../kit/plain-text.ts';
import { valueOf, whole } from '../kit/tap-fields.ts';
import { isCardAlone } from '../kit/typed-card.ts';
import { typedCode } from '../kit/typed-code.ts';
import { formOf } from './form.ts';
import type { PayParts } from '../kit/pay-parts.ts';
import type { Paying } from './known.ts';
import { waiting } from './waiting-code.ts';

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

/**
 * Takes a sum that is typed after one was chosen: it is this bill's, as long as the bill is on the screen, and not one to top
 * up the balance by. Null for whatever else is typed: a card's number, or the code of another payment that waits for one, is
 * taken out of the chat further on.
 */
export async function takeAnotherSum(
  now: Now<Paying>,
  parts: PayParts,
  text: string,
): Promise<Next<Paying>> {
  const { ctx, known } = now;
  const typed = plainText(text);
  const read = readTypedSum(typed);
  if (read.kind === 'none' || isCardAlone(typed)) return null;
  if (typedCode(typed) !== null && (await waiting(ctx, parts))) return null;
  const form = await formOf(now, parts);
  if (form.kind !== 'form') return { known };
  if (read.kind !== 'sum') {
    return { known, notice: badSumNotice(ctx.t, read.kind, form.service) };
  }
  return await take({ ...now, known: { ...known, repeatOf: null } }, parts, read.tiyin);
}
