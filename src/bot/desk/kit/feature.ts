/** What a part of the owner's desk is made of: commands, buttons and questions, each with the role it needs. */
import type { Api } from 'grammy';
import type { BotContext } from '../../kit/context.ts';
import { answer } from '../../kit/reply.ts';
import { button } from '../../kit/screen.ts';
import { type Fields, pack, unpack, type Values } from '../../kit/tap-fields.ts';
import type { InlineKeyboardButton } from 'grammy/types';
import type { ApprovalActions } from '../../../staff/approval.ts';
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
  approvalActions?: ApprovalActions;
  /** Its button in `/admin`, which taps `action`. `label` is a text's key. */
  menu?: { label: string; action: string; role: Role };
  /** What it does as time passes; called every minute, first soon after the start. */
  tick?(api: Api): Promise<void>;
  /** Ends what it does beside handling updates, and waits for that. */
  stop?(): Promise<void>;
}

/**
 * What a button or a question of the desk carries beside its name: `arg` writes it, `by` reads it for whoever handles the tap
 * or the answer. A button that no screen of ours has is answered as an old one.
 */
export function carrying<F extends Fields>(fields: F) {
  type Run = (ctx: BotContext, values: Values<F>) => Promise<unknown>;
  return {
    arg: (values: Values<F>): string => pack(fields, values, '.'),
    by: (role: Role, run: Run): DeskAction => ({
      role,
      async run(ctx, arg) {
        const values = unpack(fields, arg.split('.'));
        await (values === null ? answer(ctx, ctx.t('toast-old')) : run(ctx, values));
      },
    }),
  };
}

/** A button of the desk that carries more than one name. */
export function deskTap<F extends Fields>(area: string, action: string, fields: F) {
  const carried = carrying(fields);
  const buttonOf = (text: string, values: Values<F>): InlineKeyboardButton =>
    deskButton(text, { area, action, arg: carried.arg(values) });
  return { ...carried, button: buttonOf };
}

/** A button of the desk. Area, action and `arg` (letters, digits, `_`, `-`, `.`) share 57 bytes. */
export function deskButton(
  text: string,
  { area, action, arg = '' }: { area: string; action: string; arg?: string },
): InlineKeyboardButton {
  return button(text, { kind: 'desk', area, action, arg: arg === '' ? '-' : arg });
}
