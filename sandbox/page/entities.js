/** A message's text with its entities as a tree. The text itself is never read as HTML. */

const KNOWN = new Set([
  'bold',
  'italic',
  'underline',
  'strikethrough',
  'code',
  'pre',
  'blockquote',
  'expandable_blockquote',
  'spoiler',
  'text_link',
  'url',
  'bot_command',
  'date_time',
]);

/**
 * The text as a tree: strings, and `{ entity, text, children }`. An entity that crosses the end of the one around it is
 * cut there, so that elements nest.
 */
export function treeOf(text, entities) {
  const known = entities
    .filter((entity) => KNOWN.has(entity.type) && entity.length > 0)
    .toSorted((a, b) => a.offset - b.offset || b.length - a.length || isTime(a) - isTime(b));
  return branch(text, { start: 0, end: text.length, entities: known });
}

/** A moment has words of its own and nothing in it: what is as long is around it. */
function isTime({ type }) {
  return Number(type === 'date_time');
}

function branch(text, { start, end, entities }) {
  const children = [];
  let at = start;
  let rest = entities;
  while (rest.length > 0) {
    const [entity, ...later] = rest;
    const from = Math.max(entity.offset, at);
    const to = Math.min(entity.offset + entity.length, end);
    const inside = later.filter((other) => other.offset < to);
    rest = later.filter((other) => other.offset >= to);
    if (to <= from) continue;
    if (from > at) children.push(text.slice(at, from));
    children.push({
      entity,
      text: text.slice(from, to),
      children: branch(text, { start: from, end: to, entities: inside }),
    });
    at = to;
  }
  if (at < end) children.push(text.slice(at, end));
  return children;
}

/** Only what leads to a web page or to Telegram. */
export function isSafeLink(url) {
  return /^(?:https?|tg):/i.test(url);
}
