/** The form of the service that is being paid, as it is now. */
import type { CatalogForm } from '../../bills/catalog.ts';
import { show } from '../reply.ts';
import { payProblemScreen } from '../views/pay.ts';
import { startAgainScreen } from './render.ts';
import { beforeWaiting, type Call } from './session.ts';

export type Form = Extract<CatalogForm, { kind: 'form' }>;

/** The form of the draft's service; null when there is none now, and the user has been told. */
export async function formOf({ ctx, parts, draft }: Call): Promise<Form | null> {
  await beforeWaiting(ctx);
  const form = await parts.bills.catalog.fields(draft.serviceId ?? '');
  if (form.kind === 'form') return form;
  const { t } = ctx;
  await show(
    ctx,
    form.kind === 'problem'
      ? payProblemScreen(t, form.code)
      : startAgainScreen(t, t('pay-unavailable')),
  );
  return null;
}
