/** For tests only: the ways in which a status answer can be odd, each alone and many pairs of them. */
import type { ContractCase } from './contract-world.fixture.ts';
import type { Reply } from './testing.fixture.ts';

/** One way to spell a part of an answer, and how it has to be read. */
interface Spelling<Read> {
  value: unknown;
  read: Read;
}

type Body = Record<string, unknown>;

interface Envelope {
  name: string;
  wrap: (body: Body) => Reply;
}

export interface OddAnswer {
  /** Its parts: the word, the sum, the order's number. */
  name: string;
  envelope: string;
  reply: Reply;
  /** What was paid, in tiyin; null: that can't be told. */
  paidTiyin: number | null;
}

/** The documented word for paid, as servers spell it. */
function paidSpellings(word: string): string[] {
  const capital = word.slice(0, 1).toUpperCase() + word.slice(1);
  const blanks = [` ${word}`, `${word}\n`, `\u00a0${word}\t`, `${word}\u200b`];
  return [word, word.toUpperCase(), capital, ...blanks, ` ${word.toUpperCase()} `];
}

/** What no sum is, beside a word that says paid; and nobody's business beside any other word. */
export const NO_SUMS: readonly unknown[] = [
  undefined,
  null,
  false,
  true,
  [],
  {},
  [50000],
  { som: 50000 },
  0,
  -1,
  1e21,
  '',
  ' ',
  '-',
  '—',
  '0',
  '-1',
  '+1',
  '1e5',
  'NaN',
  'abc',
  '0x10',
  '٥٠',
  '50000 USD',
  '5 0000',
  '50 00',
  '50,00,0',
  '50..000',
  '50.000.00',
  '1 000 000 000 000 000',
];

function sumsOf({ sum: { som, tiyin } }: ContractCase): Spelling<number | null>[] {
  const whole = Math.floor(som);
  const groups = whole.toString().replace(/\B(?=(?:\d{3})+$)/g, ' ');
  const decimals = String(tiyin % 100).padStart(2, '0');
  const exact = [
    som,
    String(som),
    som.toFixed(2),
    `${whole},${decimals}`,
    `${som.toFixed(2)}00`,
    `${groups},${decimals}`,
    `${groups.replace(' ', '\u00a0')}.${decimals}`,
    `${groups.replace(' ', '\u202f')},${decimals}`,
    `${groups.replace(' ', ',')}.${decimals}`,
    `${groups.replace(' ', '.')},${decimals}`,
    `${groups.replace(' ', "'")}.${decimals}`,
    ` ${som} `,
    `${som.toFixed(2)} UZS`,
    `UZS ${som}`,
    `${groups},${decimals} so'm`,
    `${som.toFixed(2)} soʻm.`,
    `${som} сум`,
    som - 0.00001,
    som + 0.000_000_1,
    (som - 0.001).toFixed(5),
  ];
  const others = [som + 1, whole * 2, groups.replace('5', '6')];
  return [
    ...exact.map((value) => ({ value, read: tiyin })),
    ...others.map((value) => ({ value, read: Number(String(value).replace(' ', '')) * 100 })),
    ...NO_SUMS.map((value) => ({ value, read: null })),
    ...[som + 0.007, `${som}x`].map((value) => ({ value, read: null })),
  ];
}

function idsOf({ order: { providerOrder: id } }: ContractCase): Spelling<boolean>[] {
  const capitals = id === id.toUpperCase() ? id.toLowerCase() : id.toUpperCase();
  const same: unknown[] = [id, undefined, ` ${id}`, `${id}\n`, `\u00a0${id}\u200b`];
  if (/^[1-9]\d*$/.test(id)) same.push(Number(id));
  const others: unknown[] = [null, '', 0, true, [], [id], { id }, 'ANOTHER0ORDER', `${id}1`];
  if (capitals !== id) others.push(capitals);
  return [
    ...same.map((value) => ({ value, read: true })),
    ...others.map((value) => ({ value, read: false })),
  ];
}

const WARNING =
  '<br />\n<b>Warning</b>:  Undefined array key "x" in <b>/var/www/api.php</b> on line <b>12</b><br />\n';

const reply = (text: string, status = 200): Reply => ({ status, body: text });

function envelopesOf(body: Body): Envelope[] {
  const text = JSON.stringify;
  const fields = (more: Body): Envelope => ({
    name: text(more),
    wrap: (each) => reply(text({ ...each, ...more })),
  });
  const isCalls = 'payment_status' in body || 'data' in body;
  return [
    { name: 'plain', wrap: (each) => reply(text(each)) },
    { name: 'HTTP 201', wrap: (each) => reply(text(each), 201) },
    { name: 'HTTP 202', wrap: (each) => reply(text(each), 202) },
    { name: 'a byte order mark', wrap: (each) => reply(`\ufeff${text(each)}`) },
    { name: 'blank lines', wrap: (each) => reply(`\r\n\n ${text(each)}\n\n`) },
    { name: 'a PHP warning', wrap: (each) => reply(WARNING + text(each)) },
    {
      name: 'a PHP notice',
      wrap: (each) => reply(`Notice: x in {closure}() on line 5\n${text(each)}`),
    },
    {
      name: 'a web page’s type',
      wrap: (each) => ({ status: 200, headers: { 'content-type': 'text/html' }, body: text(each) }),
    },
    fields({ detail: '' }),
    fields({ detail: null, error_code: null }),
    fields({ error_code: 0 }),
    fields({ error_code: '', error: null, errors: [] }),
    fields({ message: 'OK', extra: { status: 'pending' } }),
    ...('success' in body ? [fields({ success: 1 }), fields({ success: 'true' })] : []),
    ...(isCalls
      ? ['SUCCESS', ' Success ', true, 'ok', 200].map((status) => fields({ status }))
      : []),
  ];
}

/** One in so many pairs is tried: which ones is the same in every run. */
const OF_PAIRS = 7;

/** Every odd part alone, many pairs of them, the rest as documented: each says paid, and what has to be made of it. */
export function oddAnswers(contract: ContractCase): OddAnswer[] {
  const words = paidSpellings(contract.paidWord);
  const sums = sumsOf(contract);
  const ids = idsOf(contract);
  const bodyOf = (word: string, sum: unknown, order: unknown): Body =>
    JSON.parse(contract.checkAnswer({ word, sum, order })) as Body;
  const envelopes = envelopesOf(bodyOf(contract.paidWord, 1, ''));
  const answers = new Map<string, OddAnswer>();
  const parts = [words.length, sums.length, ids.length, envelopes.length];
  for (const chosen of choicesOf(parts)) {
    const [word = '', sum, id, envelope] = [
      words[chosen[0] ?? 0],
      sums[chosen[1] ?? 0],
      ids[chosen[2] ?? 0],
      envelopes[chosen[3] ?? 0],
    ];
    if (!sum || !id || !envelope) throw new Error('a part is missing');
    const shown = [word, sum.value, id.value].map((value) => JSON.stringify(value) ?? 'nothing');
    const name = shown.join(', ');
    answers.set(`${name} ${envelope.name}`, {
      name,
      envelope: envelope.name,
      reply: envelope.wrap(bodyOf(word, sum.value, id.value)),
      paidTiyin: id.read ? sum.read : null,
    });
  }
  return [...answers.values()];
}

function choicesOf(sizes: readonly number[]): number[][] {
  return pairsOf(sizes).filter((chosen, i) => {
    const odd = chosen.filter((each) => each > 0).length;
    return odd < 2 || i % OF_PAIRS === 0;
  });
}

/** All choices that leave all parts but two at their first. */
function pairsOf(sizes: readonly number[]): number[][] {
  const pairs = sizes.flatMap((_, a) => sizes.slice(a + 1).map((_each, b) => [a, a + 1 + b]));
  return pairs.flatMap(([a = 0, b = 0]) =>
    Array.from({ length: sizes[a] ?? 0 }, (_, i) => i).flatMap((i) =>
      Array.from({ length: sizes[b] ?? 0 }, (_, j) =>
        sizes.map((_size, part) => (part === a ? i : part === b ? j : 0)),
      ),
    ),
  );
}
