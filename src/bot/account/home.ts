/** The first things people see: languages, main menu, balance, help. */
import { LANGUAGES, type Language } from '../../core/language.ts';
import type { UserBalance } from '../../ledger/ledger.ts';
import type { Texts, Translate } from '../locales/texts.ts';
import { money, type Named, personName } from '../kit/format.ts';
import {
  button,
  helpButton,
  menuButton,
  type Message,
  type Screen,
  screen,
  topupButton,
} from '../kit/screen.ts';
import { type Menu, mainMenu } from '../kit/menu.ts';

/** In all languages at once: whoever sees it has not chosen yet. */
export function languagePicker(texts: Texts, current: Language | null): Screen {
  const lines = LANGUAGES.map((language) => texts(language)('language-choose'));
  const choices = LANGUAGES.map((language) => {
    const mark = language === current ? '✓ ' : '';
    return button(mark + texts(language)('language-name'), { kind: 'language', language });
  });
  const back = current === null ? [] : [menuButton(texts(current))];
  return screen(lines, [choices.slice(0, 2), choices.slice(2), back]);
}

export function languageChosen(t: Translate): Screen {
  return screen([t('language-chosen', { language: t('language-name') })]);
}

export function welcome(
  t: Translate,
  { person, balance, menu }: { person: Named; balance: UserBalance; menu: Menu },
): Message {
  const lines = [
    t('welcome-title', { name: personName({ ...person, username: null }) }),
    '',
    ...balanceLines(t, balance),
    '',
    t('welcome-hint'),
  ];
  return { text: lines.join('\n'), keyboard: mainMenu(t, menu) };
}

export function balanceScreen(
  t: Translate,
  { person, balance }: { person: Named & { id: number }; balance: UserBalance },
): Screen {
  return screen(
    [
      t('cabinet-title'),
      '',
      t('cabinet-person', { name: personName(person), id: String(person.id) }),
      ...balanceLines(t, balance),
    ],
    [
      [topupButton(t)],
      [button(t('button-ask-balance'), { kind: 'request_ask' })],
      [
        button(t('menu-history'), { kind: 'statement', filter: 'all', offset: 0 }),
        button(t('menu-language'), { kind: 'languages' }),
      ],
      [menuButton(t)],
    ],
  );
}

function balanceLines(t: Translate, { availableTiyin, heldTiyin }: UserBalance): string[] {
  const available = t('balance-available', { sum: money(t, availableTiyin) });
  return heldTiyin > 0 ? [available, t('balance-held', { sum: money(t, heldTiyin) })] : [available];
}

export function help(t: Translate, menu: Menu): Screen {
  return screen(
    [
      t('help'),
      ...(menu.pay ? ['', t('help-bills')] : []),
      '',
      t('help-commands'),
      ...(menu.pay ? [t('help-pay')] : []),
    ],
    [[helpButton(t, null), menuButton(t)]],
  );
}
