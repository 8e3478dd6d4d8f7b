export interface BotCommand {
  command: string;
  description: string;
}

export interface CommandScope {
  type: string;
  chatId?: number | undefined;
  userId?: number | undefined;
}

type TextKind = 'name' | 'description' | 'shortDescription';

/** What the bot says about itself: commands by scope and language, texts by language, menu buttons. */
export class BotProfile {
  readonly #commands = new Map<string, BotCommand[]>();
  readonly #texts = new Map<string, string>();
  readonly #menuButtons = new Map<number, unknown>();

  setCommands(scope: CommandScope, languageCode: string, commands: BotCommand[]): void {
    const key = commandKey(scope, languageCode);
    if (commands.length === 0) this.#commands.delete(key);
    else this.#commands.set(key, commands);
  }

  /** Exactly this scope and language, as `getMyCommands`. */
  commands(scope: CommandScope, languageCode: string): BotCommand[] {
    return this.#commands.get(commandKey(scope, languageCode)) ?? [];
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
        const commands = this.commands(scope, language);
        if (commands.length > 0) return commands;
      }
    }
    return [];
  }

  setText(kind: TextKind, languageCode: string, text: string): void {
    this.#texts.set(`${kind}|${languageCode}`, text);
  }

  text(kind: TextKind, languageCode: string): string {
    return this.#texts.get(`${kind}|${languageCode}`) || (this.#texts.get(`${kind}|`) ?? '');
  }

  /** Without a person: the default button. */
  setMenuButton(userId: number | undefined, button: unknown): void {
    this.#menuButtons.set(userId ?? 0, button);
  }

  menuButton(userId: number | undefined): unknown {
    return this.#menuButtons.get(userId ?? 0) ?? { type: 'commands' };
  }
}

function commandKey(scope: CommandScope, languageCode: string): string {
  return [scope.type, scope.chatId ?? '', scope.userId ?? '', languageCode].join('|');
}
