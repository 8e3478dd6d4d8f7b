import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../core/language.ts';
import type { UserRow } from '../../../users/users.ts';
import type { Approval } from '../../../staff/approval.ts';
import { DECISION_KINDS } from '../../../staff/approval-rules.ts';
import { loadTexts } from '../../locales/texts.ts';
import {
  approvalQuestion,
  approvalScreen,
  type ApprovalView,
  secondQuestion,
} from './approval-screens.ts';

const STATES = ['asked', 'pending', 'done', 'dropped', 'expired'] as const;

function person(id: number, firstName: string): UserRow {
  const names = { firstName, lastName: '', username: null, searchText: '' };
  const unknown = { language: null, telegramLanguage: null, phone: null };
  return {
    id,
    ...names,
    ...unknown,
    blockedAt: null,
    unreachableAt: null,
    createdAt: 0,
    seenAt: 0,
  };
}

function view(row: Partial<Approval> = {}): ApprovalView {
  const { secondId = null } = row;
  return {
    row: {
      id: 'a',
      ownerId: 901,
      userId: 101,
      kind: 'credit',
      subject: null,
      amountTiyin: 5_000_000,
      beforeTiyin: null,
      reason: '<b>',
      state: 'asked',
      secondId: null,
      createdAt: 0,
      pendingAt: null,
      endedAt: null,
      ...row,
    },
    user: person(101, 'Ali <i>'),
    asker: person(901, 'Owner'),
    second: secondId === null ? null : person(secondId, 'Second'),
    beforeTiyin: 1_000_000,
    same: null,
  };
}

describe.each(LANGUAGES)('decisions in %s', (language) => {
  const t = loadTexts()(language);

  it('have a text for each kind and each state, with foreign text made harmless', () => {
    // Of a term the title says all: settings.test.ts.
    for (const kind of DECISION_KINDS.filter((each) => each !== 'term')) {
      for (const state of STATES) {
        const { text } = approvalScreen(t, view({ kind, state, subject: 'T<1>', secondId: 902 }));
        expect(text).toContain('50\u00a0000');
        expect(text).toContain('T&lt;1&gt;');
        expect(text).toContain('&lt;b&gt;');
        expect(text).toContain('Ali &lt;i&gt;');
        expect(text).toContain('Second');
      }
    }
  });

  it('show what the balance was and will be', () => {
    const notes = { second: true, own: true };
    expect(approvalQuestion(t, view(), notes).text).toMatch(/10\u00a0000.*→.*60\u00a0000/);
    const debit = approvalQuestion(t, view({ kind: 'debit', amountTiyin: 400_000 }), notes);
    expect(debit.text).toMatch(/10\u00a0000.*→.*6\u00a0000/);
    expect(secondQuestion(t, view({ kind: 'bill_paid' })).text).not.toContain('→');
  });

  it('warn of what was done already, and of figures that changed', () => {
    const done = view({ state: 'done', endedAt: 60_000 }).row;
    const again = { ...view(), same: { row: done, asker: person(902, 'Other <i>') } };
    for (const { text } of [
      approvalQuestion(t, again, { second: false, own: false, changed: true }),
      secondQuestion(t, again, { changed: true }),
    ]) {
      expect(text).toContain('Other &lt;i&gt;');
      expect(text).toContain(t('decision-changed'));
    }
    const plain = approvalQuestion(t, view(), { second: false, own: false }).text;
    expect(plain).not.toContain('⚠️');
  });
});
