/** One card for each order of a payment system. Cards stay while they change, so that typing in them is kept. */
import { post } from './api.js';
import { attempt, copy, el, setText, toast } from './dom.js';

const STATES = {
  pending: '⏳ waiting',
  paid: '✅ paid',
  expired: '⌛ expired',
  cancelled: '❌ cancelled',
  failed: '❌ failed',
};

/** An empty card for an order: `{ root, update(order, provider), tick(now) }`. */
export function orderCard({ provider, id }) {
  const path = `world/orders/${provider}/${encodeURIComponent(id)}`;
  const parts = {
    title: el('b', { class: 'provider' }),
    sum: el('button', { type: 'button', class: 'sum', title: 'Copy the sum' }),
    state: el('span', { class: 'state' }),
    detail: el('p', { class: 'detail' }),
    times: el('p', { class: 'times' }),
    actions: actionsOf(path),
    forge: forgeButton(path),
  };
  const root = el(
    'li',
    { class: 'order' },
    el('div', { class: 'head' }, parts.title, parts.sum, parts.state),
    parts.detail,
    parts.times,
    parts.actions,
    parts.forge,
  );
  let shown = null;
  parts.sum.addEventListener('click', () => void copy(shown.plainSum));
  return {
    root,
    update(order, paymentSystem) {
      shown = order;
      draw(order, { root, parts, provider: paymentSystem });
    },
    tick: (now) => setText(parts.times, timesOf(shown, now)),
  };
}

function draw(order, { root, parts, provider }) {
  root.dataset.state = order.state;
  setText(parts.title, provider.title);
  setText(parts.sum, `${order.sum} so'm`);
  setText(parts.state, stateOf(order));
  setText(parts.detail, detailOf(order));
  parts.actions.hidden = order.state === 'paid';
  for (const ending of parts.actions.querySelectorAll('.ends')) {
    ending.hidden = order.state !== 'pending';
  }
  parts.forge.hidden = !provider.hasWebhooks;
}

function stateOf(order) {
  const isOther = order.paidSum !== null && order.paidSum !== order.sum;
  return STATES[order.state] + (isOther ? `: ${order.paidSum} so'm` : '');
}

function detailOf({ card, reference, id, webhook }) {
  const parts = [
    card === null ? 'pays on a page' : `card ${card.replace(/(\d{4})(?=\d)/g, '$1 ')}`,
  ];
  parts.push(
    reference === null || reference === id ? `order ${id}` : `order ${id}, ours ${reference}`,
  );
  if (webhook !== null)
    parts.push(webhook === 'none' ? 'webhook: no answer' : `webhook: ${webhook}`);
  return parts.join(' · ');
}

function timesOf({ createdAt, expiresAt, state }, now) {
  const age = `${span(now - createdAt)} old`;
  if (state !== 'pending' || expiresAt === null) return age;
  return `${age}, ${span(Math.max(0, expiresAt - now))} left`;
}

function span(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

function actionsOf(path) {
  const input = el('input', {
    inputMode: 'decimal',
    placeholder: 'another sum',
    required: true,
    'aria-label': "Another sum, so'm",
  });
  const payOther = async (event) => {
    event.preventDefault();
    const done = await attempt(() => post(`${path}/pay`, { sum: input.value }));
    if (done !== undefined) input.value = '';
  };
  return el(
    'div',
    { class: 'actions' },
    button('Pay exactly', { class: 'primary', act: () => post(`${path}/pay`) }),
    el(
      'form',
      { class: 'other-sum', onsubmit: (event) => void payOther(event) },
      input,
      el('button', {}, 'Pay'),
    ),
    button('Expire', { class: 'ends', act: () => post(`${path}/end`, { state: 'expired' }) }),
    button('Cancel', { class: 'ends', act: () => post(`${path}/end`, { state: 'cancelled' }) }),
  );
}

/** A lie of somebody who knows the address: the bot must not believe it. */
function forgeButton(path) {
  const forge = async () => {
    const { status } = await post(`${path}/forged-webhook`);
    if (status === null) toast('The webhook reached nobody: it has no address or got no answer.');
    else toast(`A webhook said "paid" and was answered ${status}. Only a real payment counts.`);
  };
  return button('Forge a “paid” webhook', { class: 'forge', act: forge });
}

function button(text, { class: className, act }) {
  const press = async (event) => {
    const pressed = event.currentTarget;
    pressed.disabled = true;
    await attempt(act);
    pressed.disabled = false;
  };
  return el(
    'button',
    { type: 'button', class: className, onclick: (event) => void press(event) },
    text,
  );
}
