/** What a part of the owner's desk is made of: commands, buttons and questions, each with the role it needs. */
import type { Api } from 'grammy';
import type { BotContext } from '../../kit/context.ts';
import { button } from '../../kit/screen.ts';
import type { InlineKeyboardButton } from 'grammy/types';
import type { Performers } from '../../../staff/approval.ts';
import type { Role } from '../../../staff/staff.ts';

export interface DeskAction {
  role: Role;
  /** `arg`: the text after the command, or what the button carries; empty when there is none. */
  run(ctx: BotContext, arg: string): Promise<void>;
}

export interface DeskInput {
  role: Role;
  /** Called with the message that answers the question; `arg` is what was given when asking. May run again after a crash. */
  run(ctx: BotContext, arg: string): Promise<void>;
}

export interface DeskFeature {
  /** First word of its buttons' data. */
  area: string;
  commands?: Readonly<Record<string, DeskAction>>;
  taps?: Readonly<Record<string, DeskAction>>;
  /** Answers to what `askForWords` asked; by name. */
  inputs?: Readonly<Record<string, DeskInput>>;
  /** What it does to money once that was decided: see approvals.ts. */
  performers?: Performers;
  /** Its button in `/admin`, which taps `action`. `label` is a text's key. */
  menu?: { label: string; action: string; role: Role };
  /** What it does as time passes; called every minute, first soon after the start. */
  tick?(api: Api): Promise<void>;
  /** Ends what it does beside handling updates, and waits for that. */
  stop?(): Promise<void>;
}

/** A button of the desk. Area, action and `arg` (letters, digits, `_`, `-`, `.`) share 57 bytes. */
export function deskButton(
  text: string,
  { area, action, arg = '' }: { area: string; action: string; arg?: string },
): InlineKeyboardButton {
  return button(text, { kind: 'desk', area, action, arg: arg === '' ? '-' : arg });
}
