/** Numbers and times for reading. The clock is Tashkent's, as in what the bot writes. */

const timeZone = 'Asia/Tashkent';
const CLOCK = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
const SECONDS = new Intl.DateTimeFormat('en-GB', {
  timeZone,
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const SHORT_DATE = new Intl.DateTimeFormat('en-GB', {
  timeZone,
  day: '2-digit',
  month: '2-digit',
  year: '2-digit',
});
const DAY = new Intl.DateTimeFormat('en-GB', { timeZone, day: 'numeric', month: 'long' });

/** `14:05` */
export function clockTime(at) {
  return CLOCK.format(new Date(at));
}

/** `14:05:09` */
export function exactTime(at) {
  return SECONDS.format(new Date(at));
}

/** `3 November` */
export function dayOf(at) {
  return DAY.format(new Date(at));
}

/** `03.11.26` */
export function shortDate(at) {
  return SHORT_DATE.format(new Date(at)).replaceAll('/', '.');
}

/** How long it is until something or since then: the page speaks English, and each phone its own language. */
const SPANS = {
  en: { units: ['h', 'min', 's'], ahead: (left) => `in ${left}`, past: (gone) => `${gone} ago` },
  ru: {
    units: ['ч', 'мин', 'с'],
    ahead: (left) => `через ${left}`,
    past: (gone) => `${gone} назад`,
  },
  uz: {
    units: ['soat', 'daqiqa', 'soniya'],
    ahead: (left) => `${left}dan soʻng`,
    past: (gone) => `${gone} oldin`,
  },
};

/** `in 14 min 5 s`, `14 min 5 s ago`; English for languages that no phone here has. */
export function timeTo(ms, language = 'en') {
  const { ahead, past, units } = SPANS[language] ?? SPANS.en;
  return ms < 0 ? past(span(-ms, units)) : ahead(span(ms, units));
}

/** `1 h 5 min`; less than nothing is nothing. */
export function span(ms, [h, min, s] = SPANS.en.units) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} ${s}`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} ${min} ${seconds % 60} ${s}`;
  return `${Math.floor(seconds / 3600)} ${h} ${Math.floor((seconds % 3600) / 60)} ${min}`;
}

export function fileSize(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  const kilobytes = bytes / 1024;
  return kilobytes < 1024 ? `${kilobytes.toFixed(1)} KB` : `${(kilobytes / 1024).toFixed(1)} MB`;
}
