/** The page inPAY's `pay_url` leads to: two buttons. */
import type { Hono } from 'hono';
import { html } from 'hono/html';
import { formatSum } from '../../src/core/money.ts';
import type { BookOrder } from './book.ts';
import type { SimEnv } from './faults.ts';
import type { ProtocolTools } from './simulation.ts';
import type { OrderState } from './types.ts';

const STATES: Readonly<Record<OrderState, string>> = {
  pending: "To'lov kutilmoqda · Waiting for payment",
  paid: "✅ To'landi · Paid",
  expired: "⌛ Muddati o'tdi · Expired",
  cancelled: '❌ Bekor qilindi · Cancelled',
  failed: "❌ To'lov o'tmadi · Failed",
};

export function installCheckout(app: Hono<SimEnv>, tools: ProtocolTools): void {
  app.get('/checkout/:id', (context) => {
    const order = tools.book.find(context.req.param('id'));
    return order ? context.html(page(order)) : context.html(unknownPage(), 404);
  });
  app.post('/checkout/:id', async (context) => {
    const order = tools.book.find(context.req.param('id'));
    if (!order) return context.html(unknownPage(), 404);
    const { action } = await context.req.parseBody();
    // A second tap on a button of a page that is out of date changes nothing.
    if (order.state === 'pending' && action === 'pay') tools.pay(order.id);
    if (order.state === 'pending' && action === 'cancel') tools.end(order.id, 'cancelled');
    return context.redirect(`/checkout/${order.id}`, 303);
  });
}

function page(order: BookOrder) {
  const buttons = html`<form method="post">
    <button name="action" value="pay">To'lash · Pay</button>
    <button name="action" value="cancel">Bekor qilish · Cancel</button>
  </form>`;
  return layout(html`
    <h1>${formatSum(order.amountTiyin)} so'm</h1>
    <p>${order.ourReference ?? ''}</p>
    <p>${STATES[order.state]}</p>
    ${order.state === 'pending' ? buttons : ''}
  `);
}

function unknownPage() {
  return layout(html`<h1>To'lov topilmadi · Payment not found</h1>`);
}

function layout(content: ReturnType<typeof html>) {
  return html`<!doctype html>
    <html lang="uz">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>inPAY (sandbox)</title>
        <style>
          body {
            font:
              1.1rem system-ui,
              sans-serif;
            max-width: 24rem;
            margin: 3rem auto;
            padding: 0 1rem;
          }
          button {
            font: inherit;
            padding: 0.7rem 1.2rem;
            margin-right: 0.5rem;
          }
        </style>
      </head>
      <body>
        <p>inPAY · sandbox</p>
        ${content}
      </body>
    </html>`;
}
