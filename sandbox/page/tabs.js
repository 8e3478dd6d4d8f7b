/** Walking along tabs with the arrow keys. */

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** The item that the pressed key leads to, or undefined for a key that is none of tabs'. */
export function arrowStep(event, { items, at }) {
  const next = indexAfter(event.key, { at, count: items.length });
  if (next === undefined || items.length === 0) return undefined;
  event.preventDefault();
  return items[next];
}

function indexAfter(key, { at, count }) {
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const by = STEPS[key];
  return by === undefined ? undefined : (at + by + count) % count;
}
