/** Two bars for each stretch of time: what came in, and what was paid for bills. */
import { html, svg } from 'lit';
import { sum } from './format.js';

const HEIGHT = 120;
const STEP = 28;

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
        viewBox="0 0 ${bars.length * STEP} ${HEIGHT + 18}"
        width=${bars.length * STEP}
        height=${HEIGHT + 18}
        aria-hidden="true"
      >
        ${bars.map((bar, i) => {
          const [came, went] = [high(bar.inTiyin), high(bar.outTiyin)];
          return svg`<g>
            <title>${bar.label}: ${sum(bar.inTiyin)} / ${sum(bar.outTiyin)}</title>
            <rect class="in" x=${i * STEP + 3} y=${HEIGHT - came} width="10" height=${came} rx="2"></rect>
            <rect class="out" x=${i * STEP + 14} y=${HEIGHT - went} width="10" height=${went} rx="2"></rect>
            <text x=${i * STEP + 14} y=${HEIGHT + 14}>${bar.label.slice(-2)}</text>
          </g>`;
        })}
      </svg>
    </div>
  </figure>`;
}
