/** Which person, and which sum, was meant: what somebody of the staff typed can be read in several ways. */
import type { InlineKeyboardButton } from 'grammy/types';
import type { Tiyin } from '../../../core/money.ts';
import type { Candidate, NameNow } from './named-person.ts';
import type { Translate } from '../../locales/texts.ts';
import { clip, escapeHtml, money, personName } from '../../kit/format.ts';
import { type Screen, screen } from '../../kit/screen.ts';

/** How much of a reason fits beside a sum. */
const MAX_REASON = 24;

interface MoneyChoice {
  userId: number;
  amountTiyin: Tiyin;
  reason: string;
}

/** `candidates`: those of a doubtful name, or of a `part` of one; null where the name was clear. */
export function choiceQuestion(
  t: Translate,
  {
    candidates,
    part = false,
    isSumDoubtful = false,
  }: { candidates: readonly Candidate[] | null; part?: boolean; isSumDoubtful?: boolean },
  buttons: readonly InlineKeyboardButton[],
): Screen {
  return screen(
    [
      ...(candidates === null ? [] : doubtfulName(t, candidates, part)),
      isSumDoubtful ? t('people-doubtful-sum') : null,
    ],
    buttons.map((button) => [button]),
  );
}

/** What a button says: the id where several people may be meant, the sum, and what would be its reason. */
export function choiceLabel(
  t: Translate,
  { userId, amountTiyin, reason }: MoneyChoice,
  { withId }: { withId: boolean },
): string {
  const sum = `${money(t, amountTiyin)} · ${clip(reason, MAX_REASON)}`;
  return withId ? `${userId} · ${sum}` : sum;
}

/** Says who was known by the name, and what Telegram calls those people now. */
function doubtfulName(t: Translate, candidates: readonly Candidate[], part: boolean): string[] {
  return [
    t(part ? 'people-doubtful-part' : 'people-doubtful-name'),
    ...candidates.map(({ user, now }) =>
      t('people-doubtful-person', {
        name: personName(user),
        id: String(user.id),
        now: nameText(t, now),
      }),
    ),
  ];
}

function nameText(t: Translate, now: NameNow): string {
  if (now.kind === 'unknown') return t('people-name-unknown');
  const [name] = now.names;
  return name === undefined ? t('people-name-none') : escapeHtml(`@${name}`);
}
