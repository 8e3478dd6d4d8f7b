/** A request as the person sees it who made it: with the link, while it is open. */
import { type PaymentRequest, standingOf } from '../../requests/request.ts';
import type { BotContext, Parts } from '../kit/context.ts';
import type { Screen } from '../kit/screen.ts';
import { ownRequestScreen } from './screens.ts';

export async function ownRequest(
  ctx: BotContext,
  { requests, clock }: Pick<Parts, 'requests' | 'clock'>,
  request: PaymentRequest,
): Promise<Screen> {
  const standing = standingOf(request, clock.now());
  const payload = await requests.payloadOf(request.id);
  const link = `https://t.me/${ctx.me.username}?start=${payload}`;
  return ownRequestScreen(ctx.t, { request, standing, link });
}
