/** The form of the service that is being paid, as it is now. */
import type { CatalogForm } from '../../bills/catalog.ts';
import type { BotContext } from '../kit/context.ts';
import { beforeWaiting, type Now, type Question } from '../kit/talk.ts';
import type { Screen } from '../kit/screen.ts';
import { payProblemScreen, startAgainScreen } from './choice-screens.ts';
import type { Shown } from './money-screens.ts';
import type { PayParts } from '../kit/pay-parts.ts';
import type { Paying } from './known.ts';

export type Form = Extract<CatalogForm, { kind: 'form' }>;
type NoForm = Exclude<CatalogForm, Form>;

/** One update sees one form, however many steps of the story it goes through. */
const seen = new WeakMap<BotContext, Map<string, CatalogForm>>();

export async function formOf(
  { ctx, known }: Now<Paying>,
  { bills }: PayParts,
  serviceId = known.serviceId ?? '',
): Promise<CatalogForm> {
  const forms = seen.get(ctx) ?? new Map<string, CatalogForm>();
  seen.set(ctx, forms);
  const kept = forms.get(serviceId);
  if (kept) return kept;
  await beforeWaiting(ctx);
  const form = await bills.catalog.fields(serviceId);
  forms.set(serviceId, form);
  return form;
}

/** Says why there is no form. Nothing is lost: the question comes again when Paylov is back. */
export function noFormScreen({ ctx: { t } }: Now<Paying>, none: NoForm): Screen {
  return none.kind === 'problem'
    ? payProblemScreen(t, none.code, { again: 'pay_continue' })
    : startAgainScreen(t, t('pay-unavailable'));
}

/** The screen of a question that needs the form. */
export function withForm(
  parts: PayParts,
  view: (now: Now<Paying>, shown: Shown) => Screen | Promise<Screen>,
): Question<Paying>['screen'] {
  return async (now) => {
    const { ctx: _, ...told } = now;
    const form = await formOf(now, parts);
    return form.kind === 'form' ? await view(now, { told, ...form }) : noFormScreen(now, form);
  };
}

/** Says the same in a line above another question. */
export function noFormNotice({ ctx: { t } }: Now<Paying>, none: NoForm): string {
  return none.kind === 'problem' ? t(`bill-problem-${none.code}`) : t('pay-unavailable');
}
