/** What quirks make of answers and webhooks on their way out. */
import { formatSum, parseProviderSum, type Tiyin } from '../../src/core/money.ts';
import type { ProviderId } from '../../src/core/payment-systems.ts';
import type { Quirk, QuirkDesk } from './quirks.ts';
import { readAt, SHAPES, writeAt, type AnswerShape, type Path } from './shapes.ts';

type Body = Record<string, unknown>;

interface Bending {
  provider: ProviderId;
  quirks: QuirkDesk;
}

/** The answer as this payment system gives it today. Pages and cut connections stay what they are. */
export async function bendAnswer(response: Response, bending: Bending): Promise<Response> {
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  if (!bending.quirks.any() || !isJson) return response;
  const body = (await response.json()) as Body;
  bendBody(body, bending);
  const isFailure = response.status >= 400;
  const asSuccess = isFailure && bending.quirks.has('failures_as_200');
  const { prefix, contentType } = wrapping(bending.quirks);
  return new Response(prefix + JSON.stringify(body), {
    status: asSuccess ? 200 : response.status,
    headers: { 'content-type': contentType },
  });
}

/** A webhook's body: its words and sums in other spellings. */
export function bendWebhook(body: Readonly<Body>, { provider, quirks }: Bending): Body {
  const bent = { ...body };
  const shape = SHAPES[provider];
  const paths = { ...shape, status: ['status'] };
  bendWord(bent, { shape: paths, quirks });
  bendSum(bent, { path: shape.sum, quirks, among: ['text_sums', 'spelled_sums'] });
  return bent;
}

function bendBody(body: Body, { provider, quirks }: Bending): void {
  const shape = SHAPES[provider];
  const isCheck = [shape.order, shape.status].every((path) => readAt(body, path) !== undefined);
  if (isCheck) {
    bendCheck(body, { shape, quirks });
  } else if (SUM_OF_CREATE[provider]) {
    bendSum(body, {
      path: SUM_OF_CREATE[provider],
      quirks,
      among: ['text_sums', 'spelled_sums'],
    });
  }
  if (quirks.has('numeric_success') && typeof body['success'] === 'boolean') {
    const words = body['success'] ? [1, 'true'] : [0, 'false'];
    body['success'] = quirks.turn('numeric_success', words);
  }
  if (quirks.has('numeric_ids')) bendId(body, shape.order);
  if (quirks.has('no_limit') && 'max_payments' in body) {
    body['max_payments'] = quirks.turn('no_limit', [null, '', 0]);
  }
  if (quirks.has('shop_words')) bendShop(body, quirks);
}

/** Where the answer to a create repeats a sum. */
const SUM_OF_CREATE: Partial<Record<ProviderId, Path>> = {
  payfer: ['unique_amount'],
  rasmiypay: ['data', 'amount'],
};

interface Speech {
  shape: AnswerShape;
  quirks: QuirkDesk;
}

function bendCheck(body: Body, { shape, quirks }: Speech): void {
  const isPaid = readAt(body, shape.status) === shape.paid;
  if (quirks.has('strange_ids')) bendOrder(body, { shape, quirks });
  if (isPaid && quirks.has('odd_paid_sums')) {
    writeAt(body, shape.sum, quirks.turn('odd_paid_sums', UNREADABLE));
  } else if (isPaid) {
    bendSum(body, {
      path: shape.sum,
      quirks,
      among: ['text_sums', 'spelled_sums', 'binary_sums'],
    });
  } else if (quirks.has('odd_pending_sums')) {
    writeAt(body, shape.sum, quirks.turn('odd_pending_sums', NOTHING_YET));
  }
  if (isPaid && quirks.has('kin_words')) {
    writeAt(body, shape.status, quirks.turn('kin_words', ['success', 'completed', 'approved']));
  }
  bendWord(body, { shape, quirks });
}

const NOTHING_YET = ['', null, '-', 0, false, [], undefined];
const UNREADABLE = ['ellik ming', '', '-', null, {}, [50_000], true, '12,3,4', '5e4'];

/** Words for paid and for waiting; others are rare enough as they are. */
function bendWord(body: Body, { shape, quirks }: Speech): void {
  const word = readAt(body, shape.status);
  if (!quirks.has('spelled_words') || typeof word !== 'string') return;
  const capital = word.charAt(0).toUpperCase() + word.slice(1);
  const spellings = [word.toUpperCase(), capital, `${word} `, ` ${capital}\n`];
  writeAt(body, shape.status, quirks.turn('spelled_words', spellings));
}

function bendOrder(body: Body, { shape, quirks }: Speech): void {
  const id = readAt(body, shape.order);
  if (typeof id !== 'string') return;
  const isUpper = id === id.toUpperCase();
  const otherCase = isUpper ? id.toLowerCase() : id.toUpperCase();
  // A number without letters looks the same in capitals: another order's number is sent instead.
  const other = otherCase === id ? `${id}0` : otherCase;
  writeAt(body, shape.order, quirks.turn('strange_ids', [null, other, `${id}7`]));
}

function bendId(body: Body, path: Path): void {
  const id = readAt(body, path);
  if (typeof id === 'string' && /^\d{1,15}$/.test(id)) writeAt(body, path, Number(id));
}

type SumQuirk = Extract<Quirk, 'text_sums' | 'spelled_sums' | 'binary_sums'>;

function bendSum(
  body: Body,
  { path, quirks, among }: { path: Path; quirks: QuirkDesk; among: readonly SumQuirk[] },
): void {
  const sumTiyin = parseProviderSum(readAt(body, path));
  const quirk = among.find((each) => quirks.has(each));
  if (sumTiyin === null || quirk === undefined) return;
  writeAt(body, path, quirks.turn(quirk, SPELLINGS[quirk](sumTiyin)));
}

const SPELLINGS: Readonly<Record<SumQuirk, (sumTiyin: Tiyin) => readonly unknown[]>> = {
  text_sums: (sumTiyin) => [(sumTiyin / 100).toFixed(2), String(sumTiyin / 100)],
  spelled_sums: (sumTiyin) => {
    const grouped = formatSum(sumTiyin).replace(/\s/g, ' ');
    return [grouped, `${sumTiyin / 100} UZS`, ` ${sumTiyin / 100} `, `${grouped} so'm`];
  },
  binary_sums: (sumTiyin) => [Number((sumTiyin / 100 - 0.00001).toFixed(5))],
};

function bendShop(body: Body, quirks: QuirkDesk): void {
  if (readAt(body, ['data', 'month_status']) === undefined) return;
  writeAt(body, ['data', 'month_status'], quirks.turn('shop_words', ["To'langan", '', 'ok']));
  writeAt(body, ['data', 'status'], 'active');
}

/** Text that stands before the JSON, and the content type that is sent with it. */
function wrapping(quirks: QuirkDesk): { prefix: string; contentType: string } {
  const mark = quirks.has('byte_order_mark') ? '\uFEFF' : '';
  if (!quirks.has('php_warning')) return { prefix: mark, contentType: 'application/json' };
  const words = 'Undefined array key "card" in <b>/home/shop/api.php</b> on line <b>128</b>';
  return {
    prefix: `${mark}<br />\n<b>Warning</b>:  ${words}<br />\n`,
    contentType: 'text/html; charset=UTF-8',
  };
}
