/** Linking a person's card by a code sent to its owner. Only its id and mask ever come out of here. */
import { z } from 'zod';
import { wordOf, type CallContext } from './reading.ts';
import type { PaylovErrorCode, PaylovProblem } from './errors.ts';
import { cardMask, parseCardNumber, parseExpiry, parsePhone, phoneMask } from './masks.ts';
import { confirmCardResult, createCardResult, listCardsResult, type RawCard } from './schemas.ts';
import type {
  ConfirmLinkingOutcome,
  ConfirmLinkingRequest,
  ListCardsOutcome,
  RemoveCardOutcome,
  StartLinkingOutcome,
  StartLinkingRequest,
} from './types.ts';
import type { PaylovClient } from './client.ts';

export async function startLinking(
  client: PaylovClient,
  request: StartLinkingRequest,
): Promise<StartLinkingOutcome> {
  const number = parseCardNumber(request.number);
  const expiry = parseExpiry(request.expiry);
  const phone = request.phone === undefined ? undefined : parsePhone(request.phone);
  if (number === null) return invalid('the card number does not have 16 digits');
  if (expiry === null) return invalid('the expiry is no month and year');
  if (phone === null) return invalid('the phone is no number of Uzbekistan');
  const context: CallContext = { name: 'createUserCard', secrets: formsOf(request, number, phone) };
  const sent = await client.send({
    method: 'POST',
    path: '/merchant/userCard/createUserCard/',
    json: {
      userId: request.userId,
      cardNumber: number,
      expireDate: expiry,
      ...(phone === undefined ? {} : { phoneNumber: phone }),
    },
  });
  const read = client.answers.read(context, sent, createCardResult);
  if (read.kind === 'problem') {
    return read.code === 'card_exists'
      ? await findTheirs(client, { ...context, ...request, number }, read)
      : read;
  }
  const { cid, otpSentPhone } = read.value;
  return {
    kind: 'code_sent',
    linkId: cid,
    mask: cardMask(number),
    ...(otpSentPhone === undefined ? {} : { phoneMask: phoneMask(otpSentPhone) }),
  };
}

/**
 * Finds a card that Paylov has linked for the same person, while our list may lack it. Another person's card is
 * nobody's business.
 */
async function findTheirs(
  client: PaylovClient,
  { userId, number, secrets }: { userId: string; number: string; secrets?: readonly string[] },
  problem: PaylovProblem,
): Promise<StartLinkingOutcome> {
  const listed = await askCards(client, userId, secrets);
  if (listed.kind === 'problem') return listed;
  const [card, another] = listed.cards.filter((each) => isMaskOf(each.number ?? '', number));
  return card && !another ? linked(card, cardMask(number)) : problem;
}

/** True when every digit that the mask shows is the number's. */
function isMaskOf(masked: string, number: string): boolean {
  const signs = masked.replaceAll(/[\s-]/g, '');
  if (signs.length !== number.length || !/^\d{4}.*\d{4}$/.test(signs)) return false;
  return Array.from(signs).every((sign, index) => !/\d/.test(sign) || sign === number[index]);
}

function invalid(detail: string): PaylovProblem {
  return { kind: 'problem', code: 'field_not_valid', detail };
}

/** All spellings in which Paylov might repeat what the person typed, so that none gets into a log. */
function formsOf(request: StartLinkingRequest, number: string, phone?: string): string[] {
  const groups = number.match(/\d{4}/g) ?? [];
  const local = phone?.slice(-9) ?? '';
  return [request.number.trim(), number, groups.join(' '), groups.join('-'), phone ?? '', local];
}

export async function confirmLinking(
  client: PaylovClient,
  request: ConfirmLinkingRequest,
): Promise<ConfirmLinkingOutcome> {
  const context: CallContext = { name: 'confirmUserCardCreate', secrets: [request.code] };
  const sent = await client.send({
    method: 'POST',
    path: '/merchant/userCard/confirmUserCardCreate/',
    json: { cardId: request.linkId, otp: request.code },
  });
  const read = client.answers.read(context, sent, confirmCardResult);
  if (read.kind === 'problem') {
    return read.code === 'card_is_already_activated' ? findLinked(client, request, read) : read;
  }
  const { card } = read.value;
  return linked(card, maskOf(card.number) || (request.mask ?? ''));
}

/**
 * Words for cards that can't pay, known of public clients. Any other word says nothing against a card that its code has
 * just proved.
 */
const UNFIT: ReadonlyMap<string, PaylovErrorCode> = new Map([
  ['inactive', 'card_is_not_activated'],
  ['not_active', 'card_is_not_activated'],
  ['disabled', 'card_is_not_activated'],
  ['closed', 'card_is_not_activated'],
  ['stolen', 'card_is_blocked'],
  ['lost', 'card_is_blocked'],
  ['blocked', 'card_is_blocked'],
  ['expired', 'card_expired'],
]);

/** A card that can't pay is not linked, and the reason is said. */
function linked(card: RawCard, mask: string): ConfirmLinkingOutcome {
  const words = [card.status, card.state].map(wordOf);
  const isOff = card.isActive === false || card.is_active === false;
  const code =
    words.map((word) => UNFIT.get(word)).find((each) => each !== undefined) ??
    (isOff ? 'card_is_not_activated' : undefined);
  if (code === undefined) return { kind: 'linked', cardId: card.cardId, mask };
  return {
    kind: 'problem',
    code,
    detail: `the card is ${words.filter(Boolean).join(', ') || 'off'}`,
  };
}

/** Finds a card that was linked before, or by a confirmation whose answer got lost. */
async function findLinked(
  client: PaylovClient,
  request: ConfirmLinkingRequest,
  problem: PaylovProblem,
): Promise<ConfirmLinkingOutcome> {
  const listed = await askCards(client, request.userId, [request.code]);
  if (listed.kind === 'problem') return listed;
  const byId = listed.cards.find(({ cardId }) => cardId === request.linkId);
  const byMask = listed.cards.filter(({ number }) => maskOf(number) === request.mask);
  // With two cards of one mask nobody knows which of them it is.
  const card = byId ?? (byMask.length === 1 ? byMask[0] : undefined);
  return card ? linked(card, maskOf(card.number)) : problem;
}

export async function listCards(client: PaylovClient, userId: string): Promise<ListCardsOutcome> {
  const listed = await askCards(client, userId);
  if (listed.kind === 'problem') return listed;
  const cards = listed.cards.map(({ cardId, number }) => ({ cardId, mask: maskOf(number) }));
  return { kind: 'cards', cards };
}

/** `secrets` are those of the call that needs the list. */
async function askCards(
  client: PaylovClient,
  userId: string,
  secrets: readonly string[] = [],
): Promise<{ kind: 'cards'; cards: RawCard[] } | PaylovProblem> {
  const context: CallContext = { name: 'getAllUserCards', secrets };
  const path = '/merchant/userCard/getAllUserCards/';
  const sent = await client.send({ method: 'GET', path, query: { userId } });
  const read = client.answers.read(context, sent, listCardsResult);
  return read.kind === 'problem' ? read : { kind: 'cards', cards: read.value.cards };
}

function maskOf(number: string | undefined): string {
  return number === undefined ? '' : cardMask(number);
}

export async function removeCard(client: PaylovClient, cardId: string): Promise<RemoveCardOutcome> {
  const context: CallContext = { name: 'deleteUserCard' };
  const path = '/merchant/userCard/deleteUserCard/';
  const sent = await client.send({ method: 'DELETE', path, query: { userCardId: cardId } });
  // `true` in public code; the document shows no answer.
  const read = client.answers.read(
    context,
    sent,
    z.unknown().refine((result) => result !== false),
  );
  if (read.kind === 'read' || read.code === 'card_not_found') return { kind: 'removed' };
  return read;
}
