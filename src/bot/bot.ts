/** The bot: who may speak, in which order handlers are asked, and what happens when one fails. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conversations, createConversation } from '@grammyjs/conversations';
import { Bot, Composer, type Context, type MiddlewareFn } from 'grammy';
import type { Update } from 'grammy/types';
import type { BroadcastsOptions } from '../broadcast/broadcasts.ts';
import { realRandom } from '../core/deps.ts';
import { HOUR_MS } from '../core/calendar.ts';
import { languageOf } from '../core/language.ts';
import { drawInPlace } from '../receipts/drawing.ts';
import { QUOTAS } from '../quotas/limits.ts';
import { createReceipts } from '../receipts/receipts.ts';
import { createHomes } from '../homes/homes.ts';
import { createRequests } from '../requests/requests.ts';
import { reportsInPlace } from '../reports/reports.ts';
import { raiseAlarm } from '../outbox/alarms.ts';
import type { RenderMessage } from '../outbox/sender.ts';
import { SecretScrubber } from '../core/secrets.ts';
import { errorForLog, rootError } from '../core/telegram-errors.ts';
import { cleanTyped } from '../core/typed-text.ts';
import { safeBody } from '../client/words.ts';
import { getUser } from '../users/users.ts';
import { parseTap } from './kit/callbacks.ts';
import { tappedData } from './kit/screen.ts';
import { announceCommands } from './kit/commands.ts';
import type { BotContext, BotOptions, Parts } from './kit/context.ts';
import { broadcastPresenter } from './desk/broadcast/broadcast-progress.ts';
import { deskInPrivate, deskTaps } from './desk/desk.ts';
import { createApprovals } from '../staff/approvals.ts';
import type { DeskFeature } from './desk/kit/feature.ts';
import { deskFeatures } from './desk/features.ts';
import { createSupport } from '../support/service.ts';
import { createStaff } from '../staff/staff.ts';
import { accountFeature } from './account/account.ts';
import { contactFeature } from './account/contact.ts';
import { cancelFeature, fallback, refuseForwarded } from './kit/leave.ts';
import { receiptFeature } from './receipts/feature.ts';
import { cancelOrderFeature, orderFeature } from './topup/order.ts';
import { payFeature } from './pay/feature.ts';
import type { PayParts } from './kit/pay-parts.ts';
import { recallPaying } from './pay/recall.ts';
import { payStory } from './pay/story.ts';
import { waitFeature } from './pay/wait.ts';
import { createCardNumbers } from './kit/card-numbers.ts';
import { cardStory, recallCard } from './cards/story.ts';
import { homeFeature } from './homes/feature.ts';
import { requestFeature } from './requests/feature.ts';
import { startFeature } from './account/start.ts';
import { chequeFeature } from './support/cheque.ts';
import { supportFeature, ticketReplies } from './support/feature.ts';
import { othersReplies, staffReplies } from './desk/support/tickets.ts';
import { topupFeature } from './topup/feature.ts';
import { topupStory } from './topup/story.ts';
import { watchFeature } from './watch/feature.ts';
import { stopFloods } from './kit/flood.ts';
import { bringOver, leaveStories } from './kit/coming-and-going.ts';
import { keepStories, STORAGE } from './kit/stories.ts';
import { wordsStory } from './kit/words.ts';
import { buildLabels } from './kit/labels.ts';
import { keptNames } from '../names/given.ts';
import { loadTexts, withNames } from './locales/texts.ts';
import {
  followGroup,
  followMove,
  followPresence,
  meetPerson,
  refuseBlocked,
} from './kit/people.ts';
import { type PageDecisions, pageDecisions } from './desk/page/decisions.ts';
import { type PageTickets, pageTickets } from './desk/page/tickets.ts';
import { outboxRenderer } from './news/renderer.ts';
import { answer } from './kit/reply.ts';
import { recallTopup } from './topup/known.ts';

/** What the staff's web page uses of the desk: the same words, and the same ways of deciding. */
interface DeskOnPage {
  decisions: PageDecisions;
  tickets: PageTickets;
}

export interface TolovBot {
  bot: Bot<BotContext>;
  /** The parts of the owner's desk, for whoever wants to list them. */
  desk: readonly DeskFeature[];
  /**
   * Handles one update; harmless when it runs again. Errors come out as they were thrown, so that whoever keeps the
   * update can try once more; the user hears nothing of it. Updates of one chat must not run at the same time.
   */
  handle(update: Update): Promise<void>;
  /** Tells the sender that their message or tap came to nothing. Never throws. */
  apologise(update: Update): Promise<void>;
  /** Commands and descriptions for all languages, owners' commands for owners. */
  setUp(): Promise<void>;
  /** What the desk does as time passes; to be called every minute. */
  tick(): Promise<void>;
  /** Ends what the desk does beside handling updates. */
  stop(): Promise<void>;
  /** What a waiting message of the outbox says, from what is true now. */
  render: RenderMessage;
  /** What the message says that shows how far a broadcast is. */
  presentBroadcast: BroadcastsOptions['present'];
  onPage: DeskOnPage;
}

/** Builds the bot. Nothing starts and nothing is sent until it is used. */
export function createBot(options: BotOptions): TolovBot {
  const parts = buildParts(options);
  const bot = new Bot<BotContext>(options.token, {
    client: { apiRoot: options.apiRoot, fetch: options.fetch },
    ...(options.botInfo === undefined ? {} : { botInfo: options.botInfo }),
  });
  const desk = deskFeatures(parts);
  for (const { approvalActions } of desk) parts.approvals.register(approvalActions ?? {});
  bot.use(prepare, privateChats(parts, desk), adminChats(parts, desk));
  return {
    bot,
    desk,
    handle: async (update) => await handleUpdate(bot, update),
    apologise: async (update) => await apologise(bot, parts, update),
    setUp: async () => await announceCommands(bot.api, parts),
    tick: async () => {
      await parts.approvals.expire();
      for (const feature of desk) await feature.tick?.(bot.api);
    },
    stop: async () => {
      for (const feature of desk) await feature.stop?.();
    },
    render: outboxRenderer(parts),
    presentBroadcast: broadcastPresenter(parts),
    onPage: { decisions: pageDecisions(parts), tickets: pageTickets(parts) },
  };
}

function buildParts(options: BotOptions): Parts {
  const names = keptNames(options);
  const texts = withNames(loadTexts(), names);
  const menu = { pay: Boolean(options.bills) };
  const staff = createStaff({
    operatorIds: [],
    viewerIds: [],
    operatorLimitTiyin: 0,
    dualControlAboveTiyin: null,
    ...options.staff,
    ownerIds: options.adminIds,
  });
  const notifyOutbox = (): void => options.outboxNotify?.();
  const { db, clock, adminIds: recipients } = options;
  const alarm: Parts['alarm'] =
    options.alarm ?? ((tx, params, at) => raiseAlarm(tx, params, { at, recipients }));
  const asked = { db, clock, random: realRandom, quotas: QUOTAS, notifyOutbox };
  return {
    ...options,
    reports:
      options.reports ?? reportsInPlace({ db, folder: join(tmpdir(), `tolov_${process.pid}`) }),
    receipts:
      options.receipts ??
      createReceipts({ db, random: realRandom, drawing: drawInPlace(), publicUrl: () => null }),
    requests: options.requests ?? createRequests(asked),
    homes: options.homes ?? createHomes(asked),
    support:
      options.support ??
      createSupport({
        db,
        clock,
        random: realRandom,
        quotas: QUOTAS,
        staffChats: typeof options.adminChatId === 'number' ? [options.adminChatId] : recipients,
        answerWithinMs: HOUR_MS,
        alarm,
        notifyOutbox,
        log: options.log,
      }),
    novelties: options.novelties ?? { knows: () => true },
    approvals: createApprovals({ db, clock, staff, notifyOutbox, alarm }),
    alarm,
    texts,
    names,
    labels: buildLabels(texts, menu),
    menu,
    staff,
    isOwner: (userId) => staff.roleOf(userId) === 'owner',
    notifyOutbox,
    safeBody: (body, also) => safeBody(body, { scrub: options.scrub ?? unscrubbed, also }),
  };
}

/** The default where no secrets are known. */
const unscrubbed = (text: string, also: readonly string[] = []): string =>
  new SecretScrubber().scrub(text, also);

/** Sets what every handler may read, and answers the tap after the last handler where nobody has. */
const prepare: MiddlewareFn<BotContext> = async (ctx, next) => {
  const { callbackQuery } = ctx;
  const tapped = callbackQuery?.data === undefined ? null : tappedData(callbackQuery.data);
  ctx.typed = cleanTyped(ctx.message?.text ?? '');
  ctx.tap = tapped && parseTap(tapped.data);
  ctx.shownIn = tapped?.opensBelow ? null : (callbackQuery?.message?.message_id ?? null);
  ctx.leftDialog = false;
  ctx.justLeft = null;
  ctx.answering = null;
  ctx.answered = false;
  await next();
  await answer(ctx);
};

function privateChats(parts: Parts, desk: readonly DeskFeature[]): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  const own = payParts(parts);
  composer
    .filter((ctx) => ctx.chat?.type === 'private' && ctx.from?.is_bot === false)
    .on(['message', 'callback_query', 'my_chat_member'])
    .use(stopFloods(parts), meetPerson(parts), followPresence(parts), refuseBlocked)
    .use(refuseForwarded)
    .use(keepStories(parts), conversations<BotContext, Context>({ storage: STORAGE }))
    .use(bringOver(parts, RECALLS), leaveStories(parts))
    .use(staffReplies(parts), ticketReplies(parts))
    .use(stories(parts, own))
    .use(deskInPrivate(parts, desk))
    .use(requestFeature(parts), own ? homeFeature(own) : pass)
    .use(own ? waitFeature(own) : pass)
    .use(startFeature(parts), accountFeature(parts), topupFeature(parts), orderFeature(parts))
    .use(receiptFeature(parts), supportFeature(parts))
    .use(payFeature(parts, own), own ? watchFeature(own) : pass)
    .use(contactFeature(parts), cancelOrderFeature(parts), cancelFeature(parts))
    .use(chequeFeature(parts), fallback(parts));
  return composer;
}

const pass: MiddlewareFn<BotContext> = (_, next) => next();

const RECALLS = { pay: recallPaying, topup: recallTopup, card: recallCard };

/** Null where bills are not configured. */
function payParts(parts: Parts): PayParts | null {
  const { bills, clock } = parts;
  return bills ? { ...parts, bills, numbers: createCardNumbers(clock) } : null;
}

/** What users go through, each told in one file; and whatever else waits for words. */
function stories(parts: Parts, own: PayParts | null): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.use(createConversation<BotContext, Context>(topupStory(parts), 'topup'));
  if (own) {
    composer.use(createConversation<BotContext, Context>(payStory(own), 'pay'));
    composer.use(createConversation<BotContext, Context>(cardStory(own), 'card'));
  }
  composer.use(createConversation<BotContext, Context>(wordsStory, 'words'));
  return composer;
}

/** Groups are none of this bot's business, except for the staff's buttons in the chat where alarms go. */
function adminChats(parts: Parts, desk: readonly DeskFeature[]): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  const groups = composer.filter((ctx) => ctx.chat !== undefined && ctx.chat.type !== 'private');
  groups.on('my_chat_member', followGroup(parts));
  groups.on('message:migrate_to_chat_id', followMove(parts));
  // Of what is written there, the bot reads only answers to its own messages about somebody's question.
  const replies = groups.on('message').filter((ctx) => ctx.message.reply_to_message !== undefined);
  replies.use(othersReplies(parts));
  replies.filter(isStaffs(parts)).use(meetPerson(parts), refuseBlocked, staffReplies(parts));
  groups
    .filter(isStaffs(parts))
    .on('callback_query')
    .use(meetPerson(parts), refuseBlocked, deskTaps(parts, desk));
  return composer;
}

function isStaffs({ staff }: Parts): (ctx: Context) => boolean {
  return ({ from }) => from !== undefined && staff.roleOf(from.id) !== null;
}

async function handleUpdate(bot: Bot<BotContext>, update: Update): Promise<void> {
  if (!bot.isInited()) await bot.init();
  try {
    await bot.handleUpdate(update);
  } catch (error) {
    // The wrapper carries the whole context; logs want the cause.
    throw rootError(error);
  }
}

async function apologise(bot: Bot<BotContext>, parts: Parts, update: Update): Promise<void> {
  const message = update.message ?? update.callback_query?.message;
  const from = update.message?.from ?? update.callback_query?.from;
  if (message?.chat.type !== 'private' || !from) return;
  try {
    const known = await getUser(parts.db.read, from.id);
    const telegramLanguage = from.language_code ?? null;
    const spoken = known ?? { language: null, telegramLanguage };
    const t = parts.texts(languageOf(spoken, parts.defaultLanguage));
    await bot.api.sendMessage(message.chat.id, t('apology'));
    if (update.callback_query) await bot.api.answerCallbackQuery(update.callback_query.id);
  } catch (error) {
    const err = errorForLog(error);
    parts.log.warn({ err, updateId: update.update_id }, 'an apology was not sent');
  }
}
