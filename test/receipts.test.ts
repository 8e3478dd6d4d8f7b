/** A receipt from the button to the page that its code leads to, over real HTTP. */
import { createCanvas, loadImage } from '@napi-rs/canvas';
import jsqr from 'jsqr';
import { afterEach, expect, it } from 'vitest';
import { waitFor } from '../sandbox/telegram/wait-for.ts';
import { begin, findings, openOrder, type Stage, startStage, USER } from './stage.ts';

let stage: Stage;
afterEach(async () => {
  const broken = await findings(stage);
  await stage.close();
  expect(broken).toEqual([]);
});

async function addressOfReceipt(): Promise<string> {
  const person = await begin(stage);
  const order = await openOrder(stage, person, { provider: 'payfer' });
  stage.world.provider('payfer').pay(order.id);
  await person.sees('is on your balance!');
  await person.tapForAnswer('Receipt');
  const { telegram } = stage;
  const photo = await waitFor(
    telegram,
    () => telegram.messages(USER).find((each) => each.file?.kind === 'photo'),
    { timeoutMs: 60_000, what: 'the picture of a receipt' },
  );
  const { width, height, ...image } = await pixelsOf(telegram.file(photo.file!.fileId)!);
  return jsqr.default(image.data, width, height)!.data;
}

async function pixelsOf(bytes: Uint8Array) {
  const image = await loadImage(Buffer.from(bytes));
  const { width, height } = image;
  const page = createCanvas(width, height).getContext('2d');
  page.drawImage(image, 0, 0);
  return { width, height, data: page.getImageData(0, 0, width, height).data };
}

it('whoever scans it reads that it is genuine, whose and when; a changed code is refused', async () => {
  stage = await startStage();
  const address = await addressOfReceipt();
  expect(address.startsWith(`${stage.baseUrl}/verify/1.t.`)).toBe(true);

  const page = await fetch(address, { headers: { 'accept-language': 'fr, en;q=0.8' } });
  expect(page.status).toBe(200);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  const html = await page.text();
  expect(html).toContain('<html lang="en">');
  expect(html).toContain('This receipt is genuine');
  expect(html).toContain('Payfer');
  // The payer is called “Ali <b>”.
  expect(html).toContain('A*** &lt;***');
  expect(html).not.toMatch(/<script|Ali|<b>/);

  const other = await (await fetch(`${address}?lang=uz-Cyrl`)).text();
  expect(other).toContain('Чек ҳақиқий');

  const last = address.endsWith('A') ? 'B' : 'A';
  for (const changed of [`${address.slice(0, -1)}${last}`, address.slice(0, -1), `${address}A`]) {
    const refused = await fetch(changed, { headers: { 'accept-language': 'ru-RU' } });
    expect(refused.status).toBe(404);
    const text = await refused.text();
    expect(text).toContain('Это не наш чек');
    expect(text).not.toContain('Payfer');
  }

  await stage.restart();
  const moved = new URL(address).pathname;
  expect((await fetch(stage.baseUrl + moved)).status).toBe(200);
});

it('an address that tries many codes is turned away', async () => {
  stage = await startStage({ settings: { TRUST_PROXY: 'true' } });
  const headers = { 'x-forwarded-for': '203.0.113.7' };
  const answers: number[] = [];
  for (let tries = 0; tries < 60; tries += 1) {
    const answer = await fetch(`${stage.baseUrl}/verify/1.t.X.${'A'.repeat(22)}`, { headers });
    await answer.arrayBuffer();
    answers.push(answer.status);
  }
  expect(answers[0]).toBe(404);
  expect(answers).toContain(429);
  // Everything else stays open to it, and the page to others.
  expect((await fetch(`${stage.baseUrl}/ready`, { headers })).status).toBe(200);
  const others = await fetch(`${stage.baseUrl}/verify/1.t.X.x`);
  expect(others.status).toBe(404);
});
