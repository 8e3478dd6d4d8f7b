/** People: who they are, what they have, and what the staff does for them. */
import { fillSearchTexts, findUsers } from '../../../users/find.ts';
import { searchWords } from '../../../users/search-text.ts';
import type { BotContext, Parts } from '../../kit/context.ts';
import { send, show } from '../../kit/reply.ts';
import { FIND, type FoundPage, foundScreen, HISTORY, QUERY } from './people-screens.ts';
import { PEOPLE_AREA, PERSON } from '../kit/payments-screens.ts';
import { screen } from '../../kit/screen.ts';
import type { DeskFeature } from '../kit/feature.ts';
import { deskHomeButton } from '../kit/home.ts';
import { askForWords } from '../../kit/words.ts';
import { blockingInputs, blockingTaps } from './people-block.ts';
import { showCard, userCard } from './people-card.ts';
import { showHistory } from './people-history.ts';
import { messageInputs, messageTaps } from './people-message.ts';
import { moneyCommands, moneyInputs, moneyTaps } from './people-money.ts';
import { moneyApprovalActions } from '../../../staff/adjust.ts';

const PAGE_SIZE = 8;

export function peopleDesk(parts: Parts): DeskFeature {
  return {
    area: PEOPLE_AREA,
    approvalActions: moneyApprovalActions(parts),
    menu: { label: 'people-menu', action: 'ask', role: 'viewer' },
    commands: {
      user: { role: 'viewer', run: async (ctx, text) => await search(ctx, parts, text) },
      ...moneyCommands(parts),
    },
    taps: {
      ask: { role: 'viewer', run: async (ctx) => await askWho(ctx) },
      show: PERSON.by('viewer', async (ctx, { userId }) => await showCard(ctx, parts, userId)),
      find: FIND.by('viewer', async (ctx, { query, offset }) => {
        const page = await pageOf(parts, query.replaceAll('_', ' '), offset);
        await show(ctx, foundScreen(ctx.t, page));
      }),
      history: HISTORY.by('viewer', async (ctx, page) => await showHistory(ctx, parts, page)),
      ...moneyTaps(parts),
      ...blockingTaps(parts),
      ...messageTaps(parts),
    },
    inputs: {
      who: {
        role: 'viewer',
        run: async (ctx) => await search(ctx, parts, ctx.typed.trim()),
      },
      ...moneyInputs(parts),
      ...blockingInputs(parts),
      ...messageInputs(parts),
    },
  };
}

/** In a private chat the next message is the search; a group's messages are nobody's answers. */
async function askWho(ctx: BotContext): Promise<void> {
  const isPrivate = ctx.chat?.type === 'private';
  if (isPrivate) await askForWords(ctx, { area: PEOPLE_AREA, name: 'who', arg: '' });
  const lines = [ctx.t('people-usage'), isPrivate ? ctx.t('people-ask-who') : null];
  await show(ctx, screen(lines, [[deskHomeButton(ctx.t)]]));
}

async function search(ctx: BotContext, parts: Parts, text: string): Promise<void> {
  if (text === '') {
    await send(ctx, screen([ctx.t('people-usage')]));
    return;
  }
  await fillSearchTexts(parts.db);
  const page = await pageOf(parts, text, 0);
  const [only] = page.found;
  if (!only) await send(ctx, screen([ctx.t('people-none')]));
  else if (page.found.length > 1) await send(ctx, foundScreen(ctx.t, page));
  else await send(ctx, await userCard(ctx, parts, only));
}

async function pageOf({ db }: Parts, text: string, offset: number): Promise<FoundPage> {
  // One more than a page tells whether there are others.
  const found = await findUsers(db.read, text, { offset, limit: PAGE_SIZE + 1 });
  return {
    found: found.slice(0, PAGE_SIZE),
    offset,
    hasMore: found.length > PAGE_SIZE,
    pageSize: PAGE_SIZE,
    query: buttonQuery(text),
  };
}

/** The search as a button can carry it; null when it is too long or has letters that no button takes. */
function buttonQuery(text: string): string | null {
  const query = searchWords(text).replaceAll(' ', '_');
  return QUERY.safeParse(query).success ? query : null;
}
