/** From where it is paid, and the confirmation: everything once more, and kept as it was shown. */
import type { Account } from '../../bills/paylov/types.ts';
import { userBalance } from '../../ledger/ledger.ts';
import { answerLines } from './answers.ts';
import { type Draft, newConfirmationId } from './draft.ts';
import { type Form, formOf } from './form.ts';
import { asked } from './render.ts';
import { shortKey } from './search.ts';
import { type Call, goTo, showDraft } from './session.ts';

/** Straight to the confirmation where the source is known already. */
export async function toSource(call: Call): Promise<void> {
  const { draft } = call;
  if (draft.source?.kind === 'balance') await payFromBalance(call);
  else if (draft.source?.cardId !== undefined) await payFromCard(call, draft.source.cardId);
  else await showDraft({ ...call, draft: goTo(draft, { name: 'source' }) });
}

/** To the confirmation, or to what is missing. `notice`: why it is asked for again. */
export async function payFromBalance(call: Call, notice?: string): Promise<void> {
  const { ctx, parts } = call;
  const draft: Draft = { ...call.draft, source: { kind: 'balance' } };
  const { availableTiyin } = await userBalance(parts.db.read, ctx.person.id);
  const { totalTiyin } = parts.bills.quote(asked(draft, 'balance'));
  if (availableTiyin < totalTiyin) {
    await showDraft({ ...call, draft: goTo(draft, { name: 'short' }) }, notice);
  } else {
    await toConfirmation({ ...call, draft }, notice);
  }
}

export async function payFromCard(call: Call, cardId: string, notice?: string): Promise<void> {
  const { ctx, parts } = call;
  const cards = await parts.bills.cards.list(ctx.person.id);
  const card = cards.find((each) => each.cardId === cardId);
  if (!card) {
    const draft = goTo(call.draft, { name: 'source' }, { source: null });
    await showDraft({ ...call, draft }, ctx.t('pay-card-gone'));
    return;
  }
  const source = { kind: 'card', cardId, mask: card.mask } as const;
  await toConfirmation({ ...call, draft: { ...call.draft, source } }, notice);
}

/**
 * The confirmation's id is made here, once: however often it is tapped, there is one bill. What the screen says is
 * kept with it, so that nothing else is taken.
 */
async function toConfirmation(call: Call, notice?: string): Promise<void> {
  const form = await formOf(call);
  if (!form) return;
  const { ctx, parts, draft } = call;
  const confirmationId = newConfirmationId(ctx, parts.clock);
  const quote = parts.bills.quote(asked(draft, draft.source?.kind ?? 'balance'));
  const shown = { ...quote, wording: wordingOf(form, draft.account) };
  await showDraft(
    { ...call, draft: goTo(draft, { name: 'confirm' }, { confirmationId, shown }) },
    notice,
  );
}

/** The same for the same words of the service and the answers, and for what is said of undoing it. */
export function wordingOf({ service, fields }: Form, account: Account): string {
  const words = [service.name, service.canCancel, answerLines(fields, account)];
  return shortKey(JSON.stringify(words));
}

/** The confirmation once more, with what is true now. */
export async function confirmAgain(call: Call, notice: string): Promise<void> {
  const { source } = call.draft;
  if (source?.cardId !== undefined) await payFromCard(call, source.cardId, notice);
  else await payFromBalance(call, notice);
}
