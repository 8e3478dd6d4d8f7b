/** Numbers and times for reading. The clock is Tashkent's, as in what the bot writes. */

const timeZone = 'Asia/Tashkent';
const CLOCK = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
const SECONDS = new Intl.DateTimeFormat('en-GB', {
  timeZone,
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
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

/** `1 h 5 min`; less than nothing is nothing. */
export function span(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

export function fileSize(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  const kilobytes = bytes / 1024;
  return kilobytes < 1024 ? `${kilobytes.toFixed(1)} KB` : `${(kilobytes / 1024).toFixed(1)} MB`;
}
