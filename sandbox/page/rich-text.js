/** A message's tree of text and entities on the screen. */
import { html } from 'lit';
import { deepLink, payloadOf } from './deep-link.js';
import { isSafeLink, treeOf } from './entities.js';
import './time-words.js';

/** `onCommand` and `onCode` get the text that was pressed. */
export function richText({ text, entities, onCommand, onCode }) {
  return shown(treeOf(text, entities), { onCommand, onCode });
}

function shown(tree, actions) {
  return tree.map((piece) => (typeof piece === 'string' ? piece : element(piece, actions)));
}

function element({ entity, text, children }, actions) {
  const inside = shown(children, actions);
  switch (entity.type) {
    case 'bold':
      return html`<b>${inside}</b>`;
    case 'italic':
      return html`<i>${inside}</i>`;
    case 'underline':
      return html`<u>${inside}</u>`;
    case 'strikethrough':
      return html`<s>${inside}</s>`;
    case 'pre':
      return html`<pre>${inside}</pre>`;
    case 'code':
      return copied(text, { inside, act: () => actions.onCode(text) });
    case 'bot_command':
      return html`<button type="button" class="command" @click=${() => actions.onCommand(text)}>
        ${inside}
      </button>`;
    case 'spoiler':
      return html`<button type="button" class="spoiler" aria-label="Hidden text" @click=${reveal}>
        ${inside}
      </button>`;
    case 'date_time':
      return html`<time-words .moment=${entity} .words=${text}></time-words>`;
    case 'blockquote':
    case 'expandable_blockquote':
      return html`<blockquote>${inside}</blockquote>`;
    default:
      return link(entity.type === 'url' ? text : entity.url, inside);
  }
}

/** No button: those never break like words, and leave room around them that is not in the text. */
function copied(text, { inside, act }) {
  const press = (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    act();
  };
  return html`<code
    role="button"
    tabindex="0"
    title="Copy"
    aria-label="Copy ${text}"
    @click=${act}
    @keydown=${press}
    >${inside}</code
  >`;
}

function link(url, inside) {
  if (!isSafeLink(url)) return inside;
  const payload = payloadOf(url);
  if (payload !== null) return deepLink(payload, inside);
  return html`<a href=${url} target="_blank" rel="noopener noreferrer">${inside}</a>`;
}

function reveal({ currentTarget }) {
  currentTarget.classList.add('shown');
  currentTarget.removeAttribute('aria-label');
}
