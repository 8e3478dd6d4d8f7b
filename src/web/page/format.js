/** Sums and times as the bot writes them: so'm with their tiyin where there are any, Tashkent's clock. */

const timeZone = 'Asia/Tashkent';
const STAMP = new Intl.DateTimeFormat('ru-RU', {
  timeZone,
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** `50 001,50`; a minus is one that is read as such. */
export function sum(tiyin) {
  const whole = Math.trunc(Math.abs(tiyin) / 100);
  const rest = Math.abs(tiyin) % 100;
  const grouped = String(whole).replace(/\B(?=(?:\d{3})+$)/g, '\u00a0');
  const part = rest === 0 ? '' : `,${String(rest).padStart(2, '0')}`;
  return `${tiyin < 0 ? '−' : ''}${grouped}${part}`;
}

/** `31.01.2026 14:05` */
export function stamp(at) {
  return STAMP.format(new Date(at)).replace(',', '');
}
