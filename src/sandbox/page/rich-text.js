/** A message's text with its entities as elements. The text itself is never read as HTML. */

const ELEMENTS = {
  bold: 'b',
  italic: 'i',
  underline: 'u',
  strikethrough: 's',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  expandable_blockquote: 'blockquote',
  spoiler: 'span',
  text_link: 'a',
  url: 'a',
  bot_command: 'button',
};

/**
 * The text as a tree: strings, and `{ entity, text, children }`. An entity that crosses the end of the one around it is
 * cut there, so that elements nest.
 */
export function treeOf(text, entities) {
  const known = entities
    .filter((entity) => entity.type in ELEMENTS && entity.length > 0)
    .toSorted((a, b) => a.offset - b.offset || b.length - a.length);
  return branch(text, { start: 0, end: text.length, entities: known });
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

/** Nodes for `treeOf`. `onCommand` and `onCode` get the text that was pressed. */
export function nodesOf(tree, actions) {
  return tree.map((piece) => {
    if (typeof piece === 'string') return document.createTextNode(piece);
    const element = document.createElement(ELEMENTS[piece.entity.type]);
    element.append(...nodesOf(piece.children, actions));
    decorate(element, piece, actions);
    return element;
  });
}

function decorate(element, { entity, text }, { onCommand, onCode }) {
  if (entity.type === 'url' || entity.type === 'text_link') {
    const url = entity.type === 'url' ? text : entity.url;
    if (!isSafeLink(url)) return;
    element.href = url;
    element.target = '_blank';
    element.rel = 'noopener noreferrer';
  } else if (entity.type === 'bot_command') {
    element.type = 'button';
    element.className = 'command';
    element.addEventListener('click', () => onCommand(text));
  } else if (entity.type === 'spoiler') {
    element.className = 'spoiler';
    pressable(element, () => element.classList.add('shown'));
  } else if (entity.type === 'code') {
    element.title = 'Copy';
    pressable(element, () => onCode(text));
  }
}

function pressable(element, act) {
  element.tabIndex = 0;
  element.setAttribute('role', 'button');
  element.addEventListener('click', act);
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    act();
  });
}
