import { expect, it } from 'vitest';
import { createTelegramContact } from './telegram-contact.ts';

function stage() {
  const time = { at: 1000 };
  const contact = createTelegramContact({ now: () => time.at, elapsed: () => time.at });
  return { contact, time };
}

it('is deaf from the moment it listens until updates could be asked for', () => {
  const { contact, time } = stage();
  expect(contact.figures()).toEqual({ lastCallAt: null, lastUpdatesAt: null, deafMs: null });
  contact.listens(true);
  time.at += 5000;
  expect(contact.figures().deafMs).toBe(5000);
  contact.answered('sendMessage');
  expect(contact.figures()).toEqual({ lastCallAt: 6000, lastUpdatesAt: null, deafMs: 5000 });
  contact.answered('getUpdates');
  expect(contact.figures()).toEqual({ lastCallAt: 6000, lastUpdatesAt: 6000, deafMs: 0 });
});

it('hears by webhook as well', () => {
  const { contact, time } = stage();
  contact.listens(true);
  time.at += 5000;
  contact.delivered();
  time.at += 10;
  expect(contact.figures().deafMs).toBe(10);
});

it('says nothing while another process takes the updates', () => {
  const { contact, time } = stage();
  contact.listens(true);
  contact.listens(false);
  time.at += 5000;
  expect(contact.figures().deafMs).toBeNull();
});
