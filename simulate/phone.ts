/** A person's phone: what they read and press, and nothing that only a program could know. */
import type { MessageView } from '../sandbox/telegram/types.ts';
import type { Chance } from './chance.ts';
import type { Stage } from './stage.ts';

const PATIENCE_MS = 40_000;

export class Phone {
  readonly id: number;
  readonly chance: Chance;
  readonly stage: Stage;
  isBlocking = false;
  /** What an owner knows to be decided. */
  readonly over = new Set<string>();

  constructor(stage: Stage, id: number) {
    this.stage = stage;
    this.id = id;
    this.chance = stage.chance.fork(`person ${id}`);
    stage.world.telegram.user({ id, firstName: `Person ${id}`, languageCode: 'en' });
  }

  get name(): string {
    return `person ${this.id}`;
  }

  /** What the bot said, oldest first. */
  messages(): MessageView[] {
    return this.stage.chats.of(this.id).map(({ message }) => message);
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
    const { chats, world } = this.stage;
    const since = chats.changes;
    const answer = (): MessageView | null =>
      chats.of(this.id).findLast(({ change, text }) => change > since && said.test(text))
        ?.message ?? null;
    const patience = new AbortController();
    const forget = chats.onChange(() => {
      if (answer()) patience.abort();
    });
    if (act()) await world.clock.sleep(patienceMs, patience.signal).catch(() => undefined);
    forget();
    // People need a moment before they can press a new button.
    const seen = answer();
    if (seen) await this.pause(100, 900);
    return seen;
  }

  async pause(fromMs: number, toMs: number): Promise<void> {
    await this.stage.world.clock.sleep(this.chance.between(fromMs, toMs));
  }

  block(): void {
    this.isBlocking = true;
    this.note('blocks the bot');
    const { truth, time } = this.stage;
    if (!truth.firstLeft.has(this.id)) truth.firstLeft.set(this.id, time.now);
    this.stage.world.telegram.block(this.id);
  }

  unblock(): void {
    this.isBlocking = false;
    this.note('comes back');
    this.stage.world.telegram.unblock(this.id);
    this.type('/start');
  }

  note(what: string): void {
    this.stage.stir(what);
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

function spaced(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}
