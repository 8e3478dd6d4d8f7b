/** A person's phone: what they read and press, and nothing that only a program could know. */
import type { MessageView } from '../src/sandbox/telegram/types.ts';
import type { Chance } from './chance.ts';
import type { Stage } from './stage.ts';

const LOOK_EVERY_MS = 700;
const PATIENCE_MS = 40_000;

export class Phone {
  readonly id: number;
  readonly chance: Chance;
  readonly stage: Stage;
  isBlocking = false;

  constructor(stage: Stage, id: number) {
    this.stage = stage;
    this.id = id;
    this.chance = stage.chance.fork(`person ${id}`);
    stage.world.telegram.user({ id, firstName: `Person ${id}`, languageCode: 'en' });
  }

  get name(): string {
    return `person ${this.id}`;
  }

  messages(): MessageView[] {
    return this.stage.world.telegram.messages(this.id);
  }

  /** The newest message of the bot that has a button of this name, and the button. */
  button(label: RegExp): { message: MessageView; text: string } | null {
    for (const message of this.messages().toReversed()) {
      const text = buttonsOf(message).find((each) => label.test(spaced(each)));
      if (text !== undefined) return { message, text };
    }
    return null;
  }

  /** Presses the newest button of that name. False when there is none or nothing can be pressed. */
  tap(label: RegExp): boolean {
    const found = this.button(label);
    if (!found) return false;
    return this.press(found.message, found.text);
  }

  press(message: MessageView, text: string): boolean {
    if (this.isBlocking) return false;
    this.note(`taps ${spaced(text)}`);
    this.stage.world.telegram.tap(this.id, message.messageId, { text });
    return true;
  }

  type(text: string): boolean {
    if (this.isBlocking) return false;
    this.note(`writes ${text}`);
    this.stage.world.telegram.sendText(this.id, text);
    return true;
  }

  /** Acts, and reads what comes of it: the message that says `said`, or null when patience ends. */
  async after(
    act: () => boolean,
    said: RegExp,
    { patienceMs = PATIENCE_MS }: { patienceMs?: number } = {},
  ): Promise<MessageView | null> {
    const since = this.stage.chats.changes;
    if (!act()) return null;
    const end = this.stage.time.now + patienceMs;
    while (this.stage.time.now < end) {
      const seen = this.messages().findLast(
        (each) =>
          each.from === 'bot' &&
          said.test(plain(each)) &&
          this.stage.chats.changeOf(each.messageId) > since,
      );
      if (seen) return seen;
      await this.stage.world.clock.sleep(LOOK_EVERY_MS);
    }
    return null;
  }

  async pause(fromMs: number, toMs: number): Promise<void> {
    await this.stage.world.clock.sleep(this.chance.between(fromMs, toMs));
  }

  block(): void {
    this.isBlocking = true;
    this.note('blocks the bot');
    this.stage.world.telegram.block(this.id);
  }

  unblock(): void {
    this.isBlocking = false;
    this.note('comes back');
    this.stage.world.telegram.unblock(this.id);
    this.type('/start');
  }

  note(what: string): void {
    this.stage.stir();
    this.stage.tell(this.name, what);
  }
}

export function buttonsOf(message: MessageView): string[] {
  return message.inlineKeyboard
    .flat()
    .filter((button) => 'callback_data' in button)
    .map((button) => button.text);
}

export function plain(message: MessageView): string {
  return spaced(message.text);
}

export function spaced(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}
