import { REFUSALS } from '../desk/support/screens.ts';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ADVICE } from '../../backup/trouble.ts';
import { LANGUAGES, type Language } from '../../core/language.ts';
import { parseHtml } from '../../../sandbox/telegram/html-parser.ts';
import { OWN_REASONS } from '../../bills/states.ts';
import { PAYLOV_PROBLEMS } from '../../bills/paylov/errors.ts';
import { ASK_REASONS, AUTO_REASONS } from '../../monthly/states.ts';
import { QUOTAS } from '../../quotas/limits.ts';
import { PROBLEMS } from '../../topups/provider.ts';
import { HOME_NAMES } from '../kit/callbacks.ts';
import { DESK_COMMANDS, PAY_COMMANDS, USER_COMMANDS } from '../kit/commands.ts';
import { MENU_ENTRIES } from '../kit/labels.ts';
import { loadTexts, localeFiles } from './texts.ts';

type Message = { key: string; source: string; params: string[] };

function messagesOf(language: Language): Message[] {
  const text = localeFiles(language)
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');
  return [...text.matchAll(/^([a-z][\w-]*) =((?:.*)(?:\n(?: {4}.*)?(?=\n|$))*)/gm)].map((match) => {
    const [, key = '', source = ''] = match;
    const params = [...source.matchAll(/\{ \$(\w+) \}/g)].map(([, name = '']) => name);
    return { key, source: source.trim(), params: [...new Set(params)].toSorted() };
  });
}

const reference = messagesOf('uz');
const keys = reference.map(({ key }) => key);

/** Keys put together in code: what may follow the prefix. */
const FAMILIES: Record<string, readonly string[]> = {
  'menu-': MENU_ENTRIES,
  'problem-': Object.keys(PROBLEMS),
  'alarm-problem-': Object.keys(PROBLEMS),
  'alarm-backup-': Object.keys(ADVICE),
  'command-': [...USER_COMMANDS, ...PAY_COMMANDS],
  'owner-command-': DESK_COMMANDS.map(([command]) => command),
  'state-': 'creating waiting paid expired cancelled failed review refused'.split(' '),
  'order-after-': 'paid expired cancelled failed review refused'.split(' '),
  'toast-check-': 'silence fault maintenance busy unknown unreadable trouble'.split(' '),
  'topup-': ['paused', 'absent'],
  'bill-problem-': Object.keys(PAYLOV_PROBLEMS),
  'alarm-paylov-': Object.entries(PAYLOV_PROBLEMS).flatMap(([code, { operatorMustAct }]) =>
    operatorMustAct ? [code] : [],
  ),
  'bill-reason-': OWN_REASONS,
  'step-reason-': OWN_REASONS,
  'bill-state-': 'working code clarifying paid failed refunded'.split(' '),
  'evidence-answer-': ['created', 'cancelled', 'other'],
  'receipt-standing-': ['paid', 'taken_back', 'refunded'],
  'button-refusal-': REFUSALS,
  'refusal-': REFUSALS,
  'group-topic-': ['alarms', 'reviews', 'bills'],
  'cheque-paid-': ['now', 'today', 'yesterday', 'earlier'],
  'request-theirs-': ['bill', 'balance'],
  'request-own-hint-': ['bill', 'balance'],
  'request-over-': 'paid paying withdrawn expired'.split(' '),
  'home-named-': HOME_NAMES,
  'home-link-': 'own member used old full too_many unknown'.split(' '),
  'home-news-': 'joined left removed ended'.split(' '),
  'message-paid-': ['expired', 'cancelled', 'closed'],
  'pay-bad-': 'digits length pattern empty'.split(' '),
  'pay-code-': ['expired', 'tries'],
  'quota-': [...Object.keys(QUOTAS.actions), 'sums_near'],
  'waiting-because-': ASK_REASONS,
  'auto-over-': AUTO_REASONS.filter((each) => !['paid', 'off'].includes(each)),
  'auto-toast-': 'agreed not_watched unknown_sign no_answer'.split(' '),
  'watch-paid-': ['paid', 'unclear', 'not'],
  'pay-unavailable-': 'paused no_operator_card float service provider busy'.split(' '),
};

/** Said above the button that was pressed. */
const QUOTA_ALERTS = ['quota-check_order', 'quota-cancel_order'];

function sourceFiles(): string[] {
  const root = join(import.meta.dirname, '..');
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/\.(?:test|fixture)\.ts$/.test(name))
    .filter((name) => !name.startsWith('inbox'))
    .map((name) => readFileSync(join(root, name), 'utf8'));
}

const code = sourceFiles().join('\n');
const literals = new Set([...code.matchAll(/'([a-z][\w-]*)'/g)].map(([, literal = '']) => literal));
const prefixes = new Set(
  [...code.matchAll(/`([a-z][\w-]*-)\$\{/g)].map(([, prefix = '']) => prefix),
);

describe('the locales', () => {
  it('hold a good number of messages, each once', () => {
    expect(keys.length).toBeGreaterThan(150);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each(LANGUAGES)('have the same messages with the same values in %s', (language) => {
    const own = messagesOf(language).map(({ key, params }) => ({ key, params }));
    expect(own).toEqual(reference.map(({ key, params }) => ({ key, params })));
  });

  it('have every key that code puts together', () => {
    expect([...prefixes].toSorted()).toEqual(Object.keys(FAMILIES).toSorted());
    for (const [prefix, members] of Object.entries(FAMILIES)) {
      for (const member of members) expect(keys).toContain(prefix + member);
    }
  });

  it('have every key that code names', () => {
    const beginnings = new Set(keys.map((key) => key.split('-')[0]));
    const named = [...literals].filter((literal) => {
      return literal.includes('-') && beginnings.has(literal.split('-')[0]);
    });
    expect(named.length).toBeGreaterThan(80);
    expect(named.filter((literal) => !keys.includes(literal))).toEqual([]);
  });

  it('have nothing that no code uses', () => {
    const made = Object.entries(FAMILIES).flatMap(([prefix, members]) => {
      return members.map((member) => prefix + member);
    });
    const used = new Set([...literals, ...made]);
    expect(keys.filter((key) => !used.has(key))).toEqual([]);
  });
});

const texts = loadTexts();

function sample({ params }: Message): Record<string, string> {
  return Object.fromEntries(params.map((name) => [name, `<i>${name}</i>`]));
}

/** As a person reads it. Throws for HTML that Telegram refuses. */
function plain(html: string): string {
  return parseHtml(html, { checkLink: () => undefined, mention: () => undefined }).text;
}

describe.each(LANGUAGES)('in %s', (language) => {
  const t = texts(language);
  const all = messagesOf(language);

  it.each(all)('$key renders with all its values as HTML that Telegram takes', (message) => {
    const text = t(message.key, sample(message));
    expect(text).not.toMatch(/[{}\u2068\u2069]/);
    expect(plain(text).trim()).not.toBe('');
    expect(message.params.filter((name) => !plain(text).includes(name))).toEqual([]);
  });

  it('a missing value or key is an error, not a hole in the text', () => {
    expect(() => t('money')).toThrow(/amount/);
    expect(() => t('no-such-text')).toThrow(/no-such-text/);
  });

  it('the help leads to a top-up that has not come over buttons that are called so', () => {
    const way = ['menu-history', 'button-topups', 'button-check'].map((key) => t(key));
    const at = way.map((label) => t('help').indexOf(label));
    expect(at).not.toContain(-1);
    expect(at).toEqual(at.toSorted((a, b) => a - b));
  });

  it('sums of bills that leave out those paid by card are said to be from balances', () => {
    const figures = [t('figures-bills', { sum: '0', count: '0' }), t('web-paid-out')];
    for (const text of [...figures, t('digest-out', { sum: '0', count: '0' })])
      expect(text).toMatch(/balan[cs]|баланс/i);
  });

  it('texts fit where Telegram puts them', () => {
    const longest = (matches: (key: string) => boolean) => {
      const lengths = all
        .filter(({ key }) => matches(key))
        .map((message) => {
          return t(message.key, sample(message)).length;
        });
      return Math.max(...lengths);
    };
    const alerts = new Set(['blocked', 'topup-paused', 'topup-absent', ...QUOTA_ALERTS]);
    expect(longest((key) => key.startsWith('toast-') || alerts.has(key))).toBeLessThan(200);
    expect(longest((key) => key.startsWith('button-'))).toBeLessThan(40);
    expect(longest((key) => /^(?:owner-)?command-/.test(key))).toBeLessThan(100);
    expect(t('bot-description').length).toBeLessThanOrEqual(120);
  });

  it('what only the operator can mend sounds the same to users, whatever it is', () => {
    const operators = Object.entries(PROBLEMS).filter(([, traits]) => {
      return traits.operatorMustAct && traits.backOff;
    });
    expect(operators.length).toBeGreaterThan(5);
    const told = new Set(operators.map(([problem]) => t(`problem-${problem}`)));
    expect(told.size).toBe(1);
    const ofBills = Object.entries(PAYLOV_PROBLEMS).filter(([, traits]) => {
      return traits.operatorMustAct && traits.backOff;
    });
    expect(ofBills.length).toBeGreaterThan(2);
    expect(new Set(ofBills.map(([problem]) => t(`bill-problem-${problem}`))).size).toBe(1);
  });

  it('words are written in its own letters', () => {
    const foreign = language === 'uz' || language === 'en' ? /\p{Script=Cyrillic}/u : /[a-z]{2,}/iu;
    const strange = all.filter(({ key, source }) => {
      const words = source
        .replaceAll(/\{[^}]*\}|<code>[^<]*<\/code>|<\/?\w+>|\/[a-z]+|"\\u00A0"/g, ' ')
        .replaceAll(/\b(?:Click|Payme|Paylov|Telegram|Excel|Gmail|[A-Z]+(?:_[A-Z]+)*)\b/g, ' ');
      return key !== 'language-name' && foreign.test(words);
    });
    expect(strange).toEqual([]);
  });
});

/** `oʻ` and `gʻ` are letters with a mark of their own (U+02BB); a pause inside a word has another (U+02BC). */
describe('the marks of writing', () => {
  it.each(LANGUAGES)('are the same throughout %s', (language) => {
    const wrong: Record<Language, RegExp> = {
      uz: /['`´‘’]|(?<![oOgG])ʻ|(?<=[oOgG])ʼ|[“”„]|« | »/,
      'uz-Cyrl': /['`´‘’ʻʼ]|[“”„]|« | »/,
      ru: /['`´‘’ʻʼ]|[“”„]|« | »/,
      en: /[`´‘’ʻʼ«»„]|“ | ”/,
    };
    expect(messagesOf(language).filter(({ source }) => wrong[language].test(source))).toEqual([]);
  });
});

/** Names and short words that keep their Latin letters; a suffix may follow: `Paylovдан`. */
const LATIN_NAMES =
  /\{[^}]*\}|<code>[^<]*<\/code>|<\/?\w+>|\/[a-z]+|\b(?:Click|Payme|Paylov|Telegram|Excel|Gmail|[A-Z]{2,}(?:_[A-Z]+)*)/g;

/** Each of the first line's letters is the second line's one. */
const ONE_LETTER = ['abdefghijklmnopqrstuvxyzʼ', 'абдефгҳижклмнопқрстувхйзъ'] as const;
const TWO_LETTERS = { oʻ: 'ў', gʻ: 'ғ', sh: 'ш', ch: 'ч', yo: 'ё', yu: 'ю', ya: 'я', ye: 'е' };
const UZBEK_LETTERS: ReadonlyMap<string, string> = new Map([
  ...Object.entries(TWO_LETTERS),
  ...Array.from(ONE_LETTER[0], (letter, at) => [letter, ONE_LETTER[1][at] ?? ''] as const),
]);

/** Uzbek in Cyrillic letters, all small. */
function inCyrillic(latin: string): string {
  const letters = /oʻ|gʻ|sh|ch|yo(?!ʻ)|yu|ya|ye|[a-zʼ]/g;
  return latin
    .replaceAll(/(?<![\p{L}ʻʼ])e/gu, 'э')
    .replaceAll(letters, (letter) => UZBEK_LETTERS.get(letter) ?? letter);
}

/** What the alphabets write each in their own way. */
const SPELLED_OTHERWISE = [
  ['квитанция', 'квитансия'],
  ['вебхук', 'wебҳоок'],
] as const;

describe('the words', () => {
  const words = (language: Language) =>
    messagesOf(language).map(({ key, source }) => ({
      key,
      source: source.replaceAll(/SMS|СМС|MB|МБ/g, ' '),
    }));

  it('of Uzbek are the same in both alphabets, letter by letter', () => {
    const plainly = ({ key, source }: { key: string; source: string }) => {
      const text = source.replaceAll(LATIN_NAMES, ' ').toLowerCase();
      return [key, text] as const;
    };
    const latin = new Map(words('uz').map(plainly));
    const differing = words('uz-Cyrl')
      .filter(({ key }) => key !== 'language-name')
      .map(plainly)
      .map(([key, text]) => {
        const spelled = SPELLED_OTHERWISE.reduce((all, [a, b]) => all.replaceAll(a, b), text);
        return { key, cyrillic: spelled, latin: inCyrillic(latin.get(key) ?? '') };
      })
      .filter((each) => each.cyrillic !== each.latin);
    expect(differing).toEqual([]);
  });

  it.each(['uz-Cyrl', 'ru'] as const)(
    'of %s have no letter of the other alphabet inside',
    (language) => {
      const mixed = /[a-z][а-яёўқғҳ]|[а-яёўқғҳ][a-z]/iu;
      const all = messagesOf(language).filter(({ key }) => key !== 'language-name');
      expect(all.filter(({ source }) => mixed.test(source.replaceAll(LATIN_NAMES, ' ')))).toEqual(
        [],
      );
    },
  );

  it('of Uzbek have sums and names joined with their endings', () => {
    const apart =
      /\{ \$(?!time|at|since|date|wall)\w+ \}(?:<\/b>)? (?:dan|da|ga|gacha|lik|ni|ning)(?!\p{L})/u;
    expect(messagesOf('uz').filter(({ source }) => apart.test(source))).toEqual([]);
  });

  /** One word for one thing: those were called otherwise somewhere. */
  it.each([
    {
      language: 'uz',
      gone: /buyurtma|yordam xizmati|ushlab turil|panel|kommunal|(?<!\p{L})haq(?!\p{L})|xom javob|egasiz/iu,
    },
    {
      language: 'ru',
      gone: /заказ|неразобранн|удержан|панел|тревог|(?<!\p{L})стол[ауе]?(?!\p{L})|книги не сход|ничьи|телеграм(?!м)|не понял/iu,
    },
    { language: 'en', gone: /cabinet|way of paying|being clarified/i },
  ] as const)('of $language that were given up stay so', ({ language, gone }) => {
    expect(messagesOf(language).filter(({ source }) => gone.test(source))).toEqual([]);
  });
});
