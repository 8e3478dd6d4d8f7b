/** How much: what is owed, one of the usual sums, or a typed one. */
import { readTypedSum } from '../../core/money.ts';
import type { Question } from '../kit/talk.ts';
import { badSumNotice } from '../kit/format.ts';
import { backToQuestions } from './account.ts';
import { buttons } from './buttons.ts';
import { formOf, withForm } from './form.ts';
import { billSumScreen } from './money-screens.ts';
import type { PayParts } from '../kit/pay-parts.ts';
import { plainText } from '../kit/plain-text.ts';
import { take, takeSum } from './take-sum.ts';
import type { Paying } from './known.ts';

export function theSum(parts: PayParts): Question<Paying> {
  return {
    screen: withForm(parts, async ({ ctx }, shown) => {
      const { presetsTiyin } = await parts.terms(parts.db.read);
      return billSumScreen(ctx.t, { ...shown, presetsTiyin });
    }),
    tapped: buttons({
      sum: async (now, arg) => await takeSum(now, parts, arg),
      async back(now) {
        const { known } = now;
        if (known.whose?.details) return { known: { ...known, isTheirs: false } };
        return await backToQuestions(now, parts);
      },
    }),
    async typed(now, text) {
      const read = readTypedSum(plainText(text));
      if (read.kind === 'sum') return await take(now, parts, read.tiyin);
      const form = await formOf(now, parts);
      if (form.kind !== 'form') return { known: now.known };
      return { known: now.known, notice: badSumNotice(now.ctx.t, read.kind, form.service) };
    },
  };
}
