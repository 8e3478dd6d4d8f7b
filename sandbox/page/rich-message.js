/** The blocks of a rich message on the screen: words and tables. */
import { html, nothing } from 'lit';

export function richMessage(blocks) {
  return html`<div class="rich">${blocks.map(block)}</div>`;
}

function block(each) {
  switch (each.type) {
    case 'heading':
      return html`<p class="rich-heading">${words(each.text)}</p>`;
    case 'divider':
      return html`<hr />`;
    case 'table':
      return table(each);
    default:
      return html`<p class="rich-${each.type}">${words(each.text)}</p>`;
  }
}

/** Wider than the chat, it is moved sideways. */
function table({ cells, caption, is_striped: isStriped }) {
  return html`
    <div class="rich-scroll" tabindex="0" role="group" aria-label="Table">
      <table class=${isStriped ? 'striped' : ''}>
        ${
          caption
            ? html`<caption>
                ${words(caption)}
              </caption>`
            : nothing
        }
        <tbody>
          ${cells.map(
            (row) =>
              html`<tr>
                ${row.map(cell)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  `;
}

function cell({ text = '', is_header: isHead, align, valign, colspan = 1, rowspan = 1 }) {
  // The page's policy takes no styles of single elements.
  const place = `to-${align} to-${valign}`;
  return isHead
    ? html`<th scope="col" class=${place} colspan=${colspan} rowspan=${rowspan}>${words(text)}</th>`
    : html`<td class=${place} colspan=${colspan} rowspan=${rowspan}>${words(text)}</td>`;
}

const STYLES = {
  bold: (inside) => html`<b>${inside}</b>`,
  italic: (inside) => html`<i>${inside}</i>`,
  underline: (inside) => html`<u>${inside}</u>`,
  strikethrough: (inside) => html`<s>${inside}</s>`,
  code: (inside) => html`<code>${inside}</code>`,
  marked: (inside) => html`<mark>${inside}</mark>`,
};

function words(text) {
  if (typeof text === 'string') return text;
  if (Array.isArray(text)) return text.map(words);
  return STYLES[text.type]?.(words(text.text)) ?? words(text.text);
}
