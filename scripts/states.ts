/**
 * The contact sheets of docs/images: every state of a top-up and of a bill as its payer is shown it, in all languages side
 * by side. The records here are made up; the screens are the bot's own, drawn with the looks of the sandbox's page.
 */
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import type { BillState } from '../src/bills/states.ts';
import type { Bill } from '../src/bills/bill.ts';
import { NOW, sampleBill, sampleTopup } from '../src/bot/samples.fixture.ts';
import type { Screen } from '../src/bot/kit/screen.ts';
import { loadTexts, type Translate } from '../src/bot/locales/texts.ts';
import { paidMessage, refusedMessage, userReviewMessage } from '../src/bot/news/screens.ts';
import { billPaidNews, billScreen, unclearBillNews } from '../src/bot/pay/bill-screens.ts';
import { orderScreen } from '../src/bot/topup/order-screen.ts';
import { LANGUAGES } from '../src/core/language.ts';
import { som } from '../src/core/money.ts';
import type { Topup } from '../src/topups/topup.ts';
import type { TopupState } from '../src/topups/states.ts';
import { type HtmlOptions, parseHtml } from '../sandbox/telegram/html-parser.ts';
import { renderHtml } from '../sandbox/telegram/html-render.ts';

const MINUTE_MS = 60_000;
const COLUMN_PX = 340;
/** No screen here has a link or names anybody. */
const PLAIN: HtmlOptions = { checkLink: () => undefined, mention: () => undefined };

interface Row {
  name: string;
  screen: (t: Translate) => Screen;
}

const CARD: Partial<Topup> = {
  baseTiyin: som(50_000),
  amountTiyin: som(50_003),
  cardHolder: 'A. USER',
};
const PAGE: Partial<Topup> = {
  provider: 'inpay',
  method: 'click',
  amountTiyin: som(50_000),
  cardNumber: null,
  cardHolder: null,
  payUrl: 'https://pay.example/1',
};
const PAID = { paidTiyin: som(50_003), paidAt: NOW + 3 * MINUTE_MS, endedAt: NOW + 3 * MINUTE_MS };
const OTHER_SUM = { ...PAID, paidTiyin: som(45_000) };
const ENDED = { endedAt: NOW + 60 * MINUTE_MS };

/** What else is known of an order in each state. */
const OF_TOPUPS: Record<TopupState, Partial<Topup>> = {
  creating: { cardNumber: null },
  waiting: {},
  paid: PAID,
  expired: ENDED,
  cancelled: ENDED,
  failed: { ...ENDED, reason: 'maintenance' },
  review: OTHER_SUM,
  refused: OTHER_SUM,
};

const FROM_CARD: Partial<Bill> = { source: 'card', cardId: 'card-1', cardMask: '8600 **** 3333' };
const OPEN: Partial<Bill> = { paidAt: null, endedAt: null };
const FAILED: Partial<Bill> = { paidAt: null, reason: 'no_answer' };

/** What else is known of a bill in each state. */
const OF_BILLS: Record<BillState, Partial<Bill>> = {
  held: OPEN,
  created: OPEN,
  drafting: { ...OPEN, ...FROM_CARD },
  awaiting_code: {
    ...OPEN,
    ...FROM_CARD,
    otpPhone: '+998 90 *** ** 67',
    dueAt: NOW + 5 * MINUTE_MS,
  },
  paying: OPEN,
  unknown: { ...OPEN, unknownSince: NOW },
  stuck: { ...OPEN, unknownSince: NOW },
  paid: { paymentRef: '056374251646' },
  failed: FAILED,
  refunded: {},
};

function topupOf(changes: Partial<Topup>): Topup {
  return sampleTopup({ ...CARD, ...changes });
}

function billOf(changes: Partial<Bill>): Bill {
  const account = { name: 'customer_code', title: 'Лицевой счет', value: '0012345' };
  return sampleBill({
    id: 'B7Q2M9XZ',
    feeTiyin: som(500),
    accountLabels: [account],
    details: [{ name: 'fio', title: 'ФИО', value: 'A*** V***' }],
    ...changes,
  });
}

function topupRows(): Row[] {
  const states = Object.entries(OF_TOPUPS) as [TopupState, Partial<Topup>][];
  const paid = topupOf({ ...PAID, state: 'paid' });
  const money = { topup: paid, availableTiyin: som(50_003) };
  return [
    ...states.map(([state, known]) => ({
      name: state,
      screen: (t: Translate) => orderScreen(t, topupOf({ ...known, state })),
    })),
    { name: 'waiting, on a page', screen: (t) => orderScreen(t, topupOf(PAGE)) },
    { name: 'news: paid', screen: (t) => paidMessage(t, { ...money, ending: null }) },
    { name: 'news: paid late', screen: (t) => paidMessage(t, { ...money, ending: 'expired' }) },
    {
      name: 'news: paid after a cancel',
      screen: (t) => paidMessage(t, { ...money, ending: 'cancelled' }),
    },
    {
      name: 'news: another sum',
      screen: (t) => userReviewMessage(t, topupOf({ ...OTHER_SUM, state: 'review' })),
    },
    {
      name: 'news: refused',
      screen: (t) => refusedMessage(t, topupOf({ ...OTHER_SUM, state: 'refused' })),
    },
  ];
}

function billRows(): Row[] {
  const states = Object.entries(OF_BILLS) as [BillState, Partial<Bill>][];
  const unclear = billOf({ ...OF_BILLS.unknown, state: 'unknown' });
  const availableTiyin = som(120_000);
  return [
    ...states.map(([state, known]) => ({
      name: state,
      screen: (t: Translate) => billScreen(t, billOf({ ...known, state })),
    })),
    {
      name: 'failed, from a card',
      screen: (t) => billScreen(t, billOf({ ...FAILED, ...FROM_CARD, state: 'failed' })),
    },
    {
      name: 'news: paid',
      screen: (t) => billPaidNews(t, { bill: billOf({}), availableTiyin, offersWatch: true }),
    },
    {
      name: 'news: unclear',
      screen: (t) => unclearBillNews(t, { bill: unclear, isHandedOver: false }),
    },
    {
      name: 'news: with an owner',
      screen: (t) => unclearBillNews(t, { bill: unclear, isHandedOver: true }),
    },
  ];
}

/** Writes `states-topups.jpg` and `states-bills.jpg` into `folder`. */
export async function shootStates(browser: Browser, folder: string): Promise<void> {
  const width = COLUMN_PX * LANGUAGES.length + 40;
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    colorScheme: 'light',
  });
  const page = await context.newPage();
  for (const [name, rows] of [
    ['states-topups', topupRows()],
    ['states-bills', billRows()],
  ] as const) {
    await page.setContent(sheetOf(rows));
    await page.screenshot({
      path: `${folder}${name}.jpg`,
      fullPage: true,
      type: 'jpeg',
      quality: 75,
    });
    console.log(`docs/images/${name}.jpg`);
  }
  await context.close();
}

function sheetOf(rows: readonly Row[]): string {
  const texts = loadTexts();
  const parts = rows.map(
    ({ name, screen }) =>
      `<h2>${name}</h2><div class="languages">${LANGUAGES.map((language) => message(screen(texts(language)))).join('')}</div>`,
  );
  return `<!doctype html><style>${looks()}</style><main id="part-phones">${parts.join('')}</main>`;
}

function looks(): string {
  const page = new URL('../sandbox/page/', import.meta.url);
  const sheets = ['style.css', 'chat.css'].map((name) => readFileSync(new URL(name, page), 'utf8'));
  return `${sheets.join('\n')}
    html, body { height: auto; overflow: visible; }
    main { display: block !important; padding: 12px 20px; background: #b8d8c8; }
    h2 { margin: 18px 0 6px; font-size: 15px; }
    .languages { display: grid; grid-template-columns: repeat(${LANGUAGES.length}, ${COLUMN_PX - 16}px); gap: 16px; align-items: start; }
    .message { max-width: none; }`;
}

function message({ text, keyboard }: Screen): string {
  const body = renderHtml(parseHtml(text, PLAIN));
  const rows = (keyboard?.inline_keyboard ?? []).map(
    (row) =>
      `<div class="row">${row
        .map(({ text: label, ...rest }) => {
          const style = 'style' in rest ? rest.style : '';
          const kind = 'url' in rest ? 'opens' : 'copy_text' in rest ? 'copies' : '';
          return `<button class="key ${style} ${kind}">${label}</button>`;
        })
        .join('')}</div>`,
  );
  return `<div class="message bot"><div class="bubble"><div class="text">${body}</div></div>
    <div class="inline-keyboard">${rows.join('')}</div></div>`;
}
