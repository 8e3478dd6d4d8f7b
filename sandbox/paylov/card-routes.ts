/** Linking cards by a code; the cards of a user. */
import type { Context, Hono } from 'hono';
import type { Clock } from '../../src/core/deps.ts';
import type { DocumentedError, SimEnv } from '../providers/faults.ts';
import { jsonBody, refuse, textOf } from '../providers/requests.ts';
import { spacedStamp } from '../providers/stamps.ts';
import { documented } from './errors.ts';
import type { PaylovParts } from './parts.ts';
import type { SimulatedCard } from './types.ts';

export function installCards(app: Hono<SimEnv>, parts: PaylovParts): void {
  const { bank } = parts;
  app.post('/merchant/userCard/createUserCard/', (context) => createCard(parts, context));
  app.post('/merchant/userCard/confirmUserCardCreate/', (context) => confirmCard(parts, context));
  app.get('/merchant/userCard/getAllUserCards/', (context) => {
    const cards = bank.ofUser(context.req.query('userId') ?? '').map(cardItem);
    return context.json({ result: { cards }, error: null });
  });
  app.delete('/merchant/userCard/deleteUserCard/', (context) => {
    const isRemoved = bank.remove(context.req.query('userCardId') ?? '');
    if (!isRemoved) return refuse(context, documented('card_not_found'));
    return context.json({ result: true, error: null });
  });
}

async function createCard(parts: PaylovParts, context: Context<SimEnv>): Promise<Response> {
  const body = await jsonBody(context);
  const userId = textOf(body['userId']);
  const number = body['cardNumber'];
  const error =
    (userId === undefined ? documented('field_required', 'userId: maydon majburiy') : null) ??
    expiryError(body['expireDate'], parts.clock) ??
    phoneError(body['phoneNumber']);
  if (error || userId === undefined) return refuse(context, error ?? documented('field_required'));
  if (typeof number !== 'string') return refuse(context, documented('invalid_card'));
  const added = parts.bank.add({ userId, number });
  if (added.kind === 'refused') return refuse(context, documented(added.code));
  parts.codes.send(added.cid, { userId });
  return context.json({ result: { cid: added.cid, otpSentPhone: '99890*****67' }, error: null });
}

/** The year before the month: `2812` is December 2028. */
function expiryError(value: unknown, clock: Clock): DocumentedError | null {
  if (typeof value !== 'string' || !/^\d\d(?:0[1-9]|1[0-2])$/.test(value)) {
    return documented('field_not_valid', 'expireDate: YYMM');
  }
  const now = spacedStamp(clock.now()).slice(2, 7).replace('-', '');
  return value < now ? documented('card_expired') : null;
}

function phoneError(value: unknown): DocumentedError | null {
  if (value === undefined || value === null) return null;
  const isPhone = typeof value === 'string' && /^\+998\d{9}$/.test(value);
  return isPhone ? null : documented('field_not_valid', 'phoneNumber: +998XXXXXXXXX');
}

async function confirmCard(parts: PaylovParts, context: Context<SimEnv>): Promise<Response> {
  const body = await jsonBody(context);
  const cid = textOf(body['cardId']) ?? '';
  const otp = textOf(body['otp']);
  const waiting = parts.bank.waiting(cid);
  if (!waiting) return refuse(context, documented('card_not_found'));
  if (waiting.isActive) return refuse(context, documented('card_is_already_activated'));
  if (otp === undefined) return refuse(context, documented('field_required'));
  const wrong = parts.codes.check(cid, otp);
  if (wrong) return refuse(context, documented(wrong));
  return context.json({ result: { card: cardItem(parts.bank.activate(cid)) }, error: null });
}

function cardItem({ cardId, userId, mask, balanceTiyin }: SimulatedCard): Record<string, unknown> {
  // Balances of cards are tiyin, unlike every other sum.
  return { cardId, userId, number: mask, owner: 'CARD OWNER', balance: balanceTiyin };
}
