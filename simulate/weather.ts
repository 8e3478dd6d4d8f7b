/** What goes wrong on the way: fair spells in which a call fails now and then, and foul ones in which most do. */
import type { Chance } from './chance.ts';
import { type Claims, lieAbout } from './lies.ts';
import type { Answer, Call, Fate, Weather } from './network.ts';
import type { SimulatedTime } from './time.ts';

const MINUTE_MS = 60_000;

/** How often a call goes wrong. */
const FAIR = 0.05;
const FOUL = 0.7;

const TROUBLES = {
  /** The server is not reached. */
  down: 3,
  /** It does its work; its answer is lost. */
  lost: 4,
  /** It takes so long that some time limits pass, before or after its work. */
  slow: 2,
  slow_answer: 3,
  /** It does its work and answers half a JSON text, or a web page. */
  half: 2,
  page_after: 1,
  /** It does nothing and says so, in some way. */
  page: 1,
  limited: 2,
  error: 2,
  /** It answers with something that is not so. */
  lie: 3,
} as const;

type Trouble = keyof typeof TROUBLES;

interface Spell {
  untilAt: number;
  trouble: Trouble | null;
}

export interface ChangeableWeather {
  weather: Weather;
  /** From now on nothing goes wrong any more. */
  clear: () => void;
}

export function createWeather(options: {
  chance: Chance;
  time: SimulatedTime;
  claims: Claims;
}): ChangeableWeather {
  const { chance, time, claims } = options;
  const spells = new Map<string, Spell>();
  let isClear = false;

  function spellOf(host: string): Spell {
    const known = spells.get(host);
    if (known && known.untilAt > time.now) return known;
    const isFoul = known !== undefined && known.trouble === null;
    const minutes = isFoul ? chance.between(1, 25) : chance.between(20, 300);
    const spell: Spell = {
      untilAt: time.now + minutes * MINUTE_MS,
      trouble: isFoul ? chance.weighted(TROUBLES) : null,
    };
    spells.set(host, spell);
    return spell;
  }

  function troubleOf({ host }: Call): Trouble | null {
    if (isClear) return null;
    const { trouble } = spellOf(host);
    if (trouble !== null) return chance.is(FOUL) ? trouble : null;
    return chance.is(FAIR) ? chance.weighted(TROUBLES) : null;
  }

  return {
    weather: (call) => {
      const trouble = troubleOf(call);
      const fate = trouble === null ? fair() : foul(trouble, { chance, call, claims });
      // A long poll waits at the server: the way to it takes no time.
      if (isLongPoll(call)) return { ...fate, beforeMs: 0, afterMs: 0 };
      return { ...fate, afterMs: fate.afterMs + chance.between(5, 200) };
    },
    clear: () => {
      isClear = true;
    },
  };
}

function isLongPoll({ url }: Call): boolean {
  return url.pathname.endsWith('/getUpdates');
}

function fair(): Fate {
  return { name: '', beforeMs: 0, afterMs: 0, arrives: true, answer: (given) => given };
}

interface Foul {
  chance: Chance;
  call: Call;
  claims: Claims;
}

function foul(trouble: Trouble, parts: Foul): Fate {
  const fate: Fate = { ...fair(), name: `[${trouble}]` };
  return { ...fate, ...FATES[trouble](parts, fate) };
}

const waitMs = (chance: Chance): number => chance.between(4000, 70_000);

const FATES: Readonly<Record<Trouble, (parts: Foul, fate: Fate) => Partial<Fate>>> = {
  down: () => ({ arrives: false, answer: () => null }),
  lost: () => ({ answer: () => null }),
  slow: ({ chance }) => ({ beforeMs: waitMs(chance) }),
  slow_answer: ({ chance }) => ({ afterMs: waitMs(chance) }),
  half: () => ({ answer: (given) => given && halved(given) }),
  page_after: () => ({ answer: () => page }),
  page: () => ({ arrives: false, answer: () => page }),
  limited: ({ chance, call }) => {
    const seconds = chance.between(1, 40);
    return { arrives: false, answer: () => limited(call, seconds) };
  },
  error: ({ call }) => ({ arrives: false, answer: () => refusal(call) }),
  lie: ({ call, chance, claims }, fate) => lieAbout(call, { fate, chance, claims }),
};

const JSON_HEADERS = { 'content-type': 'application/json' };

const page: Answer = {
  status: 502,
  headers: { 'content-type': 'text/html' },
  body: '<!doctype html><title>Texnik ishlar</title>',
};

function halved(given: Answer): Answer {
  return { ...given, body: given.body.slice(0, Math.ceil(given.body.length / 2)) };
}

function limited(call: Call, seconds: number): Answer {
  const telegram = {
    ok: false,
    error_code: 429,
    description: `Too Many Requests: retry after ${seconds}`,
    parameters: { retry_after: seconds },
  };
  const body = call.host === 'telegram' ? telegram : { message: 'Too many requests' };
  return {
    status: 429,
    headers: { ...JSON_HEADERS, 'retry-after': String(seconds) },
    body: JSON.stringify(body),
  };
}

function refusal(call: Call): Answer {
  const telegram = { ok: false, error_code: 500, description: 'Internal Server Error' };
  const body = call.host === 'telegram' ? telegram : { message: 'Server error' };
  return { status: 500, headers: JSON_HEADERS, body: JSON.stringify(body) };
}
