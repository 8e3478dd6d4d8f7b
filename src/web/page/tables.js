/** What several parts of the desk are put together from. */
import { html, nothing } from 'lit';
import { stamp } from './format.js';

export function table(here, heads, rows) {
  const { words } = here;
  if (rows.length === 0) return html`<p class="empty">${words('web-none')}</p>`;
  return html`<div class="wide" tabindex="0" role="region" aria-label=${words('web-show')}>
    <table>
      <thead>
        <tr>
          ${heads.map(([key, kind]) => html`<th scope="col" class=${kind ?? ''}>${words(key)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (cells) =>
            html`<tr>
              ${cells.map((cell, i) => html`<td class=${heads[i][1] ?? ''}>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

export const time = (at) => html`<time datetime=${new Date(at).toISOString()}>${stamp(at)}</time>`;

export function who(here, { userId, name }) {
  if (userId === null) return '—';
  const href = here.link({ view: 'people', user: userId });
  return html`<a href=${href}>${name || userId}</a> <small>${name ? userId : nothing}</small>`;
}

export function pages(here, { name, next }) {
  const { words, query, link } = here;
  return html`<nav class="pages">
    ${
      query[name] === undefined
        ? nothing
        : html`<a href=${link({ ...query, [name]: undefined })}>${words('web-first')}</a>`
    }
    ${
      next === null || next === undefined
        ? nothing
        : html`<a href=${link({ ...query, [name]: next })}>${words('web-older')}</a>`
    }
  </nav>`;
}
