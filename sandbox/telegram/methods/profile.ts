import { z } from 'zod';

import { badRequest } from '../api-error.ts';
import type { BotCommand, CommandScope } from '../bot-profile.ts';
import type { Core, Method } from '../core.ts';
import type { Params } from '../params.ts';

/** Bot API, BotCommand: 1–32 of a–z, 0–9 and _, a description of 1–256 characters, at most 100 commands. */
const COMMAND = /^[a-z0-9_]{1,32}$/;
const MAX_COMMAND_LENGTH = 32;
const MAX_DESCRIPTION_LENGTH = 256;
const MAX_COMMANDS = 100;
const MAX_SHORT_DESCRIPTION_LENGTH = 120;

const commandsSchema = z.array(z.object({ command: z.string(), description: z.string() }));
const scopeSchema = z.object({
  type: z.string(),
  chat_id: z.coerce.number().optional(),
  user_id: z.coerce.number().optional(),
});

export const setMyCommands: Method = (core, params) => {
  const parsed = commandsSchema.safeParse(params.json('commands', 'commands') ?? []);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw badRequest(`Can't parse BotCommand: Can't find field "${String(issue?.path.at(-1))}"`);
  }
  const scope = readScope(core, params);
  const languageCode = readLanguage(params);
  if (parsed.data.length > MAX_COMMANDS) throw badRequest('BOT_COMMANDS_TOO_MUCH');
  core.profile.setCommands(scope, languageCode, parsed.data.map(checkCommand));
  return true;
};

export const setMyShortDescription: Method = (_core, params) => {
  readLanguage(params);
  if (params.text('short_description').trim().length > MAX_SHORT_DESCRIPTION_LENGTH) {
    const limit = `must not exceed ${MAX_SHORT_DESCRIPTION_LENGTH}`;
    throw badRequest(`Bot short_description length ${limit}`);
  }
  return true;
};

function checkCommand(given: BotCommand): BotCommand {
  const command = given.command.trim().replace(/^\//, '');
  const description = given.description.trim();
  if (command === '') throw badRequest('Command must be non-empty');
  if (command.length > MAX_COMMAND_LENGTH) {
    throw badRequest(`Command length must not exceed ${MAX_COMMAND_LENGTH}`);
  }
  if (description === '') throw badRequest('Command description must be non-empty');
  if (description.length > MAX_DESCRIPTION_LENGTH) {
    throw badRequest(`Command description length must not exceed ${MAX_DESCRIPTION_LENGTH}`);
  }
  if (!COMMAND.test(command)) throw badRequest('BOT_COMMAND_INVALID');
  return { command, description };
}

function readScope(core: Core, params: Params): CommandScope {
  const parsed = scopeSchema.safeParse(
    params.json('scope', 'BotCommandScope') ?? { type: 'default' },
  );
  if (!parsed.success) throw badRequest('Can\'t parse BotCommandScope: Can\'t find field "type"');
  const { type, chat_id: chatId, user_id: userId } = parsed.data;
  const isGlobal = /^(?:default|all_private_chats|all_group_chats|all_chat_administrators)$/.test(
    type,
  );
  if (isGlobal) return { type };
  if (!['chat', 'chat_administrators', 'chat_member'].includes(type)) {
    throw badRequest("Can't parse BotCommandScope: Unsupported type specified");
  }
  if (chatId === undefined)
    throw badRequest("Can't parse BotCommandScope: Empty chat_id specified");
  if (!core.world.startedChat(chatId)) throw badRequest('chat not found');
  if (type !== 'chat') throw badRequest("can't use specified scope in private chats");
  return { type, chatId, userId };
}

function readLanguage(params: Params): string {
  const code = params.text('language_code');
  if (code !== '' && !/^[a-z]{2}$/.test(code)) throw badRequest('Invalid language code specified');
  return code;
}
