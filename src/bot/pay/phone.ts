/** A phone number that nobody asked for: most likely its account is to be topped up. */
import { Composer } from 'grammy';
import { formatPhone, phoneSpellings } from '../../core/phone.ts';
import type { Account, Field, Service } from '../../bills/paylov/types.ts';
import type { TapOf } from '../kit/callbacks.ts';
import { begin } from '../kit/coming-and-going.ts';
import type { BotContext } from '../kit/context.ts';
import { isTopupSum } from '../kit/leave.ts';
import { send, show } from '../kit/reply.ts';
import { button, menuButton, screen } from '../kit/screen.ts';
import { shortKey } from '../kit/short-key.ts';
import { MAX_LABEL } from '../kit/step-buttons.ts';
import { onTaps } from '../kit/taps.ts';
import { beforeWaiting } from '../kit/talk.ts';
import type { PayParts } from '../kit/pay-parts.ts';
import { clip } from '../kit/format.ts';
import { checkAnswer, firstUnfit } from './answers.ts';
import { startAgainScreen } from './choice-screens.ts';
import { NO_PAYMENT } from './known.ts';

/** What services of mobile operators are found by, in whatever language. */
const MOBILE = 'mobil';
/** How many services' forms are looked at. */
const MOST_SERVICES = 6;

export function phoneFeature(parts: PayParts): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  onTaps(composer, { pay_phone: async (ctx, tap) => await payPhone(ctx, parts, tap) });
  composer.on('message:text', async (ctx, next) => {
    const [digits] = phoneSpellings(ctx.typed);
    const isAsked = ctx.answering !== null;
    if (isAsked || digits === undefined || (await isTopupSum(parts, ctx.typed)))
      return await next();
    await beforeWaiting(ctx);
    const found = await servicesFor(ctx, parts, digits);
    if (found.length === 0) return await next();
    await send(ctx, phoneScreen(ctx, digits, found));
  });
  return composer;
}

function phoneScreen({ t }: BotContext, digits: string, found: readonly Found[]) {
  return screen(
    [t('phone-typed', { phone: formatPhone(digits) })],
    [
      ...found.map(({ service }) => {
        const { icon, name } = t.names.service(service);
        const label = clip(`${icon} ${name}`, MAX_LABEL);
        return [button(label, { kind: 'pay_phone', service: shortKey(service.id), digits })];
      }),
      [menuButton(t)],
    ],
  );
}

interface Found {
  service: Service;
  /** The answers that the service asks for. */
  account: Account;
}

/** The services that need nothing but this number. */
async function servicesFor(
  { t }: BotContext,
  { bills: { catalog } }: PayParts,
  digits: string,
): Promise<Found[]> {
  const list = await catalog.services();
  if (list.kind === 'problem') return [];
  const mobile = t.names.found(list.services, MOBILE).filter(({ available }) => available);
  const found = mobile.slice(0, MOST_SERVICES).map(async (service): Promise<Found[]> => {
    const form = await catalog.fields(service.id);
    const account = form.kind === 'form' ? accountOf(form.fields, digits) : null;
    return account === null ? [] : [{ service, account }];
  });
  return (await Promise.all(found)).flat();
}

/** The answers made of this number; null where it does not do, or where more is asked for. */
function accountOf(fields: readonly Field[], digits: string): Account | null {
  for (const field of fields) {
    const checked = field.type === 'text' ? checkAnswer(field, `+${digits}`) : null;
    if (checked?.kind !== 'fine') continue;
    const account = { [field.name]: checked.value };
    if (firstUnfit(fields, account) === null) return account;
  }
  return null;
}

async function payPhone(
  ctx: BotContext,
  parts: PayParts,
  { service: key, digits }: TapOf<'pay_phone'>,
): Promise<void> {
  await beforeWaiting(ctx);
  const found = (await servicesFor(ctx, parts, digits)).find(
    ({ service }) => shortKey(service.id) === key,
  );
  if (!found) {
    await show(ctx, startAgainScreen(ctx.t, ctx.t('pay-unavailable')));
    return;
  }
  const { service, account } = found;
  const wish = { sumTiyin: null, preferDebt: false, isPaidBefore: false };
  await begin(ctx, 'pay', {
    ...NO_PAYMENT,
    isChoosing: false,
    serviceId: service.id,
    account,
    wish,
  });
}
