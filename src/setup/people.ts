/** The bot and its owner: a token that Telegram knows, and the id of whoever sends a code to the bot. */
import type { Api } from 'grammy';
import { type Deps, randomCode } from '../core/deps.ts';
import { askSetting, choose, confirm, say, waiting } from './ask.ts';
import type { Draft } from './draft.ts';
import { shown } from './shown.ts';
import { askAboutBot, telegramAt, waitForOwner } from './telegram.ts';

/** A bot that Telegram answered about. */
interface Bot {
  api: Api;
  username: string;
  /** The host of another program that gets what people send to the bot; null: there is none. */
  updatesGoTo: string | null;
}

const API_ROOT = 'https://api.telegram.org';

/** Null: the token is kept unchecked, because Telegram did not answer. */
export async function setUpBot(draft: Draft, deps: Deps): Promise<Bot | null> {
  for (;;) {
    const token = await askSetting('BOT_TOKEN', {
      message: 'Token of your bot, from @BotFather in Telegram',
      current: draft.get('BOT_TOKEN'),
    });
    draft.set({ BOT_TOKEN: token });
    const outcome = await botOf(draft, deps);
    if (outcome.kind === 'bot') return outcome.bot;
    if (!outcome.isRefusal && (await confirm('Keep this token unchecked?', false))) return null;
  }
}

/** Asks Telegram about the token that is set, and says what it answered. */
export async function botOf(
  draft: Draft,
  deps: Deps,
): Promise<{ kind: 'bot'; bot: Bot } | { kind: 'problem'; isRefusal: boolean }> {
  const apiRoot = draft.get('TELEGRAM_API_ROOT') || API_ROOT;
  const api = telegramAt({ token: draft.get('BOT_TOKEN'), apiRoot }, deps);
  const outcome = await waiting('Asking Telegram', () => askAboutBot(api));
  if (outcome.kind === 'problem') {
    const advice = outcome.isRefusal
      ? 'Copy the whole token from @BotFather.'
      : 'Is this machine on the internet?';
    say.bad(`Telegram says: “${shown(outcome.words)}”\n${advice}`);
    return outcome;
  }
  const { username, updatesGoTo } = outcome;
  say.good(`This is @${username}`);
  return { kind: 'bot', bot: { api, username, updatesGoTo } };
}

const PATIENCE_MS = 5 * 60_000;
const DIGITS = '0123456789';

export async function setUpOwner(draft: Draft, bot: Bot | null, deps: Deps): Promise<void> {
  const current = draft.get('ADMIN_IDS');
  while (bot !== null) {
    const how = await choose(
      'Who is the owner? Owners decide about money, and alarms go to them.',
      [
        {
          value: 'code',
          label: `I send a code to @${bot.username}`,
          hint: 'finds out your Telegram id',
        },
        { value: 'typed', label: 'I type Telegram ids', hint: '@userinfobot tells yours' },
      ],
    );
    if (how === 'typed') break;
    const id = await idByCode(bot, deps);
    if (id === null) continue;
    const isMore =
      current !== '' && (await confirm(`Beside those who are owners now (${current})?`));
    draft.set({ ADMIN_IDS: isMore ? [...new Set([...current.split(','), id])].join(',') : id });
    return;
  }
  const message = 'Telegram ids of the owners, comma-separated';
  draft.set({ ADMIN_IDS: await askSetting('ADMIN_IDS', { message, current }) });
}

/**
 * Anybody who presses Start could say that they are the owner, so the owner sends a code that only this terminal shows.
 */
async function idByCode({ api, username, updatesGoTo }: Bot, deps: Deps): Promise<string | null> {
  if (updatesGoTo !== null) {
    say.bad(
      `What people send to @${username} goes to ${shown(updatesGoTo)}: stop that program, or type the id.`,
    );
    return null;
  }
  const code = randomCode(deps.random, { length: 6, alphabet: DIGITS });
  say.note(
    [
      `Open https://t.me/${username}?start=${code} and press Start,`,
      `or send ${code} to @${username}.`,
    ].join('\n'),
    'In Telegram',
  );
  const outcome = await waiting('Waiting for the code', () =>
    waitForOwner(api, {
      code,
      deps,
      patienceMs: PATIENCE_MS,
      onOther: (name) =>
        say.hint(`${shown(name)} pressed Start without the code: send ${code} to the bot.`),
    }),
  );
  if (outcome.kind === 'problem') {
    say.bad(
      `Telegram says: “${shown(outcome.words)}”\nDoes the program, or another one, run with this token?`,
    );
    return null;
  }
  if (outcome.kind === 'nobody') {
    say.bad('Nobody sent the code within five minutes.');
    return null;
  }
  const { id, first_name: first, username: name } = outcome.user;
  const who = shown([first, name === undefined ? '' : `@${name}`].filter(Boolean).join(' '));
  return (await confirm(`${who}, id ${id}: is this you?`)) ? String(id) : null;
}
