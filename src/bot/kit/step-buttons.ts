/** What the screens of stories that go on by buttons have in common. */
import type { InlineKeyboardButton } from 'grammy/types';
import type { PayAction } from './callbacks.ts';
import type { Translate } from '../locales/texts.ts';
import { clip } from './format.ts';
import { button } from './screen.ts';
import type { Told } from './told.ts';

export const MAX_LABEL = 56;

export type Notice = string | null | undefined;

/** Names the question that a button belongs to. */
export type Asked = Pick<Told, 'id' | 'seq'>;

/** A button of the question at hand. */
export function stepButton(
  { id: storyId, seq }: Asked,
  text: string,
  tap: { action: PayAction; arg?: string },
): InlineKeyboardButton {
  const { action, arg = '-' } = tap;
  return button(clip(text, MAX_LABEL), { kind: 'pay_step', storyId, seq, action, arg });
}

export function backButton(t: Translate, told: Asked): InlineKeyboardButton {
  return stepButton(told, t('button-back'), { action: 'back' });
}

export function stopButton(t: Translate, told: Asked): InlineKeyboardButton {
  return stepButton(told, t('button-stop'), { action: 'stop' });
}

export function noticeLines(notice: Notice): string[] {
  return typeof notice === 'string' ? [notice, ''] : [];
}
