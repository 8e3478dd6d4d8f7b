/** The menus of commands that Telegram shows, and the bot's short description. */
import type { Api } from 'grammy';
import type { BotCommand } from 'grammy/types';
import { type Language, languageOf } from '../../core/language.ts';
import { refusalOf } from '../../core/telegram-errors.ts';
import { getUser } from '../../users/users.ts';
import type { Parts } from './context.ts';
import type { Role } from '../../staff/staff.ts';
import type { Translate } from '../locales/texts.ts';

export const USER_COMMANDS = [
  'start',
  'topup',
  'balance',
  'history',
  'language',
  'help',
  'cancel',
] as const;

/** Only where bills can be paid. */
export const PAY_COMMANDS = ['pay', 'cards', 'homes'] as const;

/** Those of the desk, in the order of Telegram's menu, with the role each needs. */
export const DESK_COMMANDS = [
  ['admin', 'viewer'],
  ['user', 'viewer'],
  ['credit', 'owner'],
  ['debit', 'owner'],
  ['orders', 'viewer'],
  ['order', 'viewer'],
  ['bills', 'viewer'],
  ['bill', 'viewer'],
  ['verify', 'viewer'],
  ['suspense', 'viewer'],
  ['tickets', 'viewer'],
  ['providers', 'viewer'],
  ['services', 'viewer'],
  ['audit', 'viewer'],
  ['reconcile', 'viewer'],
  ['stats', 'viewer'],
  ['export', 'owner'],
  ['broadcast', 'owner'],
  ['settings', 'viewer'],
  ['desk', 'viewer'],
] as const satisfies (readonly [command: string, role: Role])[];

/** Telegram knows languages by two letters; Cyrillic Uzbek has none of its own. */
const TELEGRAM_LANGUAGES = ['uz', 'ru', 'en'] as const;

function userCommands(t: Translate, { menu }: Pick<Parts, 'menu'>): BotCommand[] {
  const [start, topup, ...rest] = USER_COMMANDS;
  const commands = menu.pay ? [start, topup, ...PAY_COMMANDS, ...rest] : USER_COMMANDS;
  return commands.map((command) => ({ command, description: t(`command-${command}`) }));
}

function staffCommands(t: Translate, parts: Parts, staffId: number): BotCommand[] {
  const own = DESK_COMMANDS.filter(([, role]) => parts.staff.may(staffId, role));
  return [
    ...userCommands(t, parts),
    ...own.map(([command]) => ({ command, description: t(`owner-command-${command}`) })),
  ];
}

/** Tells Telegram what to show in every language, and the desk's commands to each of the staff. */
export async function announceCommands(api: Api, parts: Parts): Promise<void> {
  const standard = parts.texts(parts.defaultLanguage);
  await api.setMyCommands(userCommands(standard, parts));
  await api.setMyShortDescription(standard('bot-description'));
  for (const language of TELEGRAM_LANGUAGES) {
    const t = parts.texts(language);
    await api.setMyCommands(userCommands(t, parts), { language_code: language });
    await api.setMyShortDescription(t('bot-description'), { language_code: language });
  }
  const { operatorIds, viewerIds } = parts.staff;
  for (const chatId of new Set([...parts.adminIds, ...operatorIds, ...viewerIds])) {
    const owner = await getUser(parts.db.read, chatId);
    const spoken = owner ?? { language: null, telegramLanguage: null };
    const language = languageOf(spoken, parts.defaultLanguage);
    await setChatCommands(api, parts, { chatId, language });
  }
}

/** In one chat the commands follow the language chosen there. An unknown chat is noted and skipped. */
export async function setChatCommands(
  api: Api,
  parts: Parts,
  { chatId, language }: { chatId: number; language: Language },
): Promise<void> {
  const t = parts.texts(language);
  const commands = staffCommands(t, parts, chatId);
  try {
    await api.setMyCommands(commands, { scope: { type: 'chat', chat_id: chatId } });
  } catch (error) {
    // An owner who never wrote to the bot has no chat with it yet.
    const refusal = refusalOf(error);
    if (refusal?.error_code !== 400) throw error;
    parts.log.info({ chatId, reason: refusal.description }, 'commands of a chat were not set');
  }
}
