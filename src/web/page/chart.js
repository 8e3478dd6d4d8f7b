/** Two bars for each stretch of time: what came in, and what was paid for bills. */
import { html, svg } from 'lit';
import { sum } from './format.js';

const HEIGHT = 120;

/** More of them are pushed along on a phone instead of being squeezed. */
const FIT_A_PHONE = 14;

export function chart({ title, bars, words }) {
  const most = Math.max(1, ...bars.flatMap(({ inTiyin, outTiyin }) => [inTiyin, outTiyin]));
  const high = (tiyin) => Math.round((Math.max(0, tiyin) / most) * HEIGHT);
  const total = (field) => bars.reduce((all, bar) => all + bar[field], 0);
  const said = `${title}. ${words('web-in')}: ${sum(total('inTiyin'))}; ${words('web-out')}: ${sum(total('outTiyin'))}`;
  return html`<figure class="chart">
    <figcaption>
      ${title}
      <span class="key in">${words('web-in')} ${sum(total('inTiyin'))}</span>
      <span class="key out">${words('web-out')} ${sum(total('outTiyin'))}</span>
    </figcaption>
    <div class="wide" tabindex="0" role="img" aria-label=${said}>
      <svg
        class=${bars.length > FIT_A_PHONE ? 'bars many' : 'bars'}
        width="100%"
        height=${HEIGHT + 18}
        aria-hidden="true"
      >
        ${bars.map((bar, i) => {
          const [came, went] = [high(bar.inTiyin), high(bar.outTiyin)];
          const part = 100 / bars.length;
          return svg`<svg x="${i * part}%" width="${part}%">
            <title>${bar.label}: ${sum(bar.inTiyin)} / ${sum(bar.outTiyin)}</title>
            <g transform="translate(-11)">
              <rect class="in" x="50%" y=${HEIGHT - came} width="10" height=${came} rx="2"></rect>
            </g>
            <g transform="translate(1)">
              <rect class="out" x="50%" y=${HEIGHT - went} width="10" height=${went} rx="2"></rect>
            </g>
            <text x="50%" y=${HEIGHT + 14}>${bar.label.slice(-2)}</text>
          </svg>`;
        })}
      </svg>
    </div>
  </figure>`;
}
