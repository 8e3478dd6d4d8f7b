export interface BotCommand {
  command: string;
  description: string;
}

export interface CommandScope {
  type: string;
  chatId?: number | undefined;
  userId?: number | undefined;
}

/** The bot's commands, by scope and language. */
export class BotProfile {
  readonly #commands = new Map<string, BotCommand[]>();

  setCommands(scope: CommandScope, languageCode: string, commands: BotCommand[]): void {
    const key = commandKey(scope, languageCode);
    if (commands.length === 0) this.#commands.delete(key);
    else this.#commands.set(key, commands);
  }

  /** What a person sees in a private chat: the narrowest scope wins, in it the language (Bot API, BotCommandScope). */
  commandsFor(userId: number, languageCode: string): BotCommand[] {
    const scopes: CommandScope[] = [
      { type: 'chat', chatId: userId },
      { type: 'all_private_chats' },
      { type: 'default' },
    ];
    for (const scope of scopes) {
      for (const language of [languageCode, '']) {
        const commands = this.#commands.get(commandKey(scope, language));
        if (commands) return commands;
      }
    }
    return [];
  }
}

function commandKey(scope: CommandScope, languageCode: string): string {
  return [scope.type, scope.chatId ?? '', scope.userId ?? '', languageCode].join('|');
}
