/** The panel of the outside world: orders, the bank, and what can go wrong. */
import { post } from './api.js';
import { attempt, byId, el, setText } from './dom.js';
import { orderCard } from './orders.js';

const FAULTS = {
  none: 'works',
  down: 'down: connections are cut',
  slow: 'slow: answers after 20 s',
  garbage: 'garbage: answers half a JSON',
  html: 'answers a web page',
  rate_limited: 'rate limited (429)',
  drop_after: 'does its work, then cuts the connection',
  error: 'server error',
};
const WEBHOOKS = { on: 'webhooks on', lost: 'webhooks lost', repeated: 'webhooks × 3' };

/** By provider and id. */
const cards = new Map();
/** By provider's id. */
const rows = new Map();
/** The server's clock when the page's own stood at `at`. */
let clock = { now: 0, at: 0 };

export function showWorld(world) {
  clock = { now: world.now, at: performance.now() };
  byId('webhooks-off').checked = world.webhooksOff;
  showProviders(world);
  showOrders(world);
  showCards(world.cards);
  showTexts(world.texts);
}

function showTexts(texts) {
  byId('phone').hidden = texts.length === 0;
  byId('texts').replaceChildren(
    ...texts.map(({ userId, text }) => {
      const row = el('li');
      setText(row, `${userId ?? 'somebody'}: ${text}`);
      return row;
    }),
  );
}

function showOrders({ orders, providers }) {
  const list = byId('orders');
  const known = new Set(orders.map(keyOf));
  for (const [key, card] of cards) {
    if (known.has(key)) continue;
    card.root.remove();
    cards.delete(key);
  }
  // Newest first: what is new comes before the one below it.
  let below = null;
  for (const order of orders.toReversed()) {
    const card = cards.get(keyOf(order)) ?? orderCard(order);
    cards.set(keyOf(order), card);
    card.update(
      order,
      providers.find((provider) => provider.id === order.provider),
    );
    if (!card.root.isConnected) list.insertBefore(card.root, below);
    below = card.root;
  }
  byId('no-orders').hidden = orders.length > 0;
  const live = orders.filter((order) => order.state === 'pending').length;
  byId('live-count').hidden = live === 0;
  setText(byId('live-count'), String(live));
  tick();
}

function keyOf({ provider, id }) {
  return `${provider}/${id}`;
}

function tick() {
  const now = clock.now + performance.now() - clock.at;
  for (const card of cards.values()) card.tick(now);
}

function showProviders({ providers, webhooksOff }) {
  for (const provider of providers) {
    if (!rows.has(provider.id)) {
      const row = providerRow(provider);
      rows.set(provider.id, row);
      byId('providers').append(row.root);
    }
    const { fault, webhooks } = rows.get(provider.id);
    fault.value = valueOf(provider);
    webhooks.value = provider.webhooks;
    webhooks.disabled = webhooksOff || !provider.hasWebhooks;
  }
}

function valueOf({ fault, code }) {
  return code === null ? fault : `${fault}:${code}`;
}

function providerRow(provider) {
  const path = `world/providers/${provider.id}`;
  const fault = el(
    'select',
    { 'aria-label': `${provider.title}: how it works` },
    ...optionsOf(FAULTS),
    el(
      'optgroup',
      { label: 'documented errors' },
      ...optionsOf(Object.fromEntries(provider.errors.map((code) => [`error:${code}`, code]))),
    ),
  );
  const labels = provider.hasWebhooks ? WEBHOOKS : { ...WEBHOOKS, on: 'no webhooks' };
  const webhooks = el(
    'select',
    { 'aria-label': `${provider.title}: its webhooks` },
    ...optionsOf(labels),
  );
  fault.addEventListener('change', () => {
    const [kind, ...code] = fault.value.split(':');
    const body = code.length > 0 ? { kind, code: code.join(':') } : { kind };
    void attempt(() => post(`${path}/fault`, body));
  });
  webhooks.addEventListener('change', () => {
    void attempt(() => post(`${path}/webhooks`, { mode: webhooks.value }));
  });
  const root = el('div', { class: 'provider-row' }, el('b', {}, provider.title), fault, webhooks);
  return { root, fault, webhooks };
}

function optionsOf(labels) {
  return Object.entries(labels).map(([value, label]) => el('option', { value }, label));
}

function showCards(numbers) {
  const list = byId('cards');
  if (list.children.length === numbers.length) return;
  list.replaceChildren(...numbers.map((value) => el('option', { value })));
}

/** Connects what does not change while the page is open. */
export function startWorld() {
  setInterval(tick, 1000);
  byId('webhooks-off').addEventListener('change', (event) => {
    const isOff = event.currentTarget.checked;
    void attempt(() => post('world/webhooks', { isOff }));
  });
  byId('transfer').addEventListener('submit', (event) => {
    event.preventDefault();
    void transfer(event.currentTarget);
  });
}

async function transfer(form) {
  const { card, sum } = Object.fromEntries(new FormData(form));
  const outcome = await attempt(() => post('world/transfers', { card, sum }));
  if (outcome === undefined) return;
  const isMatched = outcome.kind === 'matched';
  setText(
    byId('transfer-note'),
    isMatched ? 'An order waited for it and is paid.' : 'Money arrived that no order waits for.',
  );
  if (isMatched) form.reset();
}
