import { describe, expect, it } from 'vitest';
import { ALI, type BotStage, OWNER, VALI } from '../../bot.fixture.ts';
import { OPERATOR, SECOND, twoOwners, waiting } from './approvals.fixture.ts';
import { createApprovals } from '../../../staff/approvals.ts';
import type { Approval, Approvals, ApprovalAction } from '../../../staff/approval.ts';
import { createStaff } from '../../../staff/staff.ts';

describe('what a part of the desk performs', () => {
  it('is limited for operators: above their limit an owner has to agree', async () => {
    const stage = await twoOwners({ operatorLimitTiyin: 5_000_000 });
    const done: string[] = [];
    const approvals = approvalsOf(stage, {
      perform: async (tx, row) => {
        tx.afterCommit(() => done.push(row.id));
        return 'done';
      },
    });
    const request = { kind: 'approve', askerId: OPERATOR.id, userId: ALI.id, reason: 'x' } as const;
    await approvals.ask({ ...request, id: 'small', amountTiyin: 5_000_000 });
    expect((await approvals.confirm('small', OPERATOR.id)).kind).toBe('done');
    await approvals.ask({ ...request, id: 'large', userId: VALI.id, amountTiyin: 5_000_001 });
    expect((await approvals.confirm('large', OPERATOR.id)).kind).toBe('pending');
    expect((await approvals.agree('large', { secondId: OPERATOR.id, seenTiyin: 0 })).kind).toBe(
      'old',
    );
    expect((await approvals.agree('large', { secondId: OWNER.id, seenTiyin: 0 })).kind).toBe(
      'done',
    );
    const own = { ...request, id: 'own', userId: OPERATOR.id, amountTiyin: 1 };
    await approvals.ask(own);
    expect((await approvals.confirm('own', OPERATOR.id)).kind).toBe('pending');
    expect(done).toEqual(['small', 'large']);
    const credit = { ...request, id: 'credit', kind: 'credit', amountTiyin: 1 } as const;
    expect((await approvals.ask(credit)).kind).toBe('forbidden');
    const viewers = { ...request, id: 'viewer', askerId: VALI.id, amountTiyin: 1 };
    expect((await approvals.ask(viewers)).kind).toBe('forbidden');
  });

  it('is one sum in pieces of whatever kinds, by their effect', async () => {
    const stage = await twoOwners();
    const approvals = approvalsOf(stage, { perform: async () => 'done' });
    const perform = async () => 'done' as const;
    const pieces = ['suspense_credit', 'review_credit', 'bill_unpaid'] as const;
    approvals.register(Object.fromEntries(pieces.map((kind) => [kind, { perform }])));
    const kinds = [...pieces, 'approve'] as const;
    const outcomes: string[] = [];
    for (const kind of kinds) {
      await approvals.ask({ ...approval({ amountTiyin: 3_000_000 }), id: kind, kind });
      outcomes.push((await approvals.confirm(kind, OWNER.id)).kind);
    }
    expect(outcomes).toEqual(['done', 'done', 'done', 'pending']);
  });

  it('is not agreed to where who asked may not ask for it any more', async () => {
    const stage = await twoOwners();
    const done: string[] = [];
    const perform: ApprovalAction['perform'] = async (tx, row) => {
      tx.afterCommit(() => done.push(row.id));
      return 'done';
    };
    const before = approvalsOf(stage, { perform });
    await before.ask(approval({ amountTiyin: 20_000_000 }));
    expect((await before.confirm('a', OWNER.id)).kind).toBe('pending');
    // The program was started again without that owner.
    const adminIds = stage.options.adminIds.filter((id) => id !== OWNER.id);
    const { db, clock, options } = stage;
    const after = approvalsOf({ db, clock, options: { ...options, adminIds } }, { perform });
    const outcome = await after.agree('a', { secondId: SECOND.id, seenTiyin: 0 });
    expect([outcome.kind, (await after.get('a'))?.state]).toEqual(['over', 'dropped']);
    expect(done).toEqual([]);
  });

  it('that was overtaken ends the request and changes nothing', async () => {
    const stage = await twoOwners();
    const approvals = approvalsOf(stage, { perform: async () => 'overtaken' });
    await approvals.ask(approval({ amountTiyin: 1 }));
    expect((await approvals.confirm('a', OWNER.id)).kind).toBe('overtaken');
    expect((await approvals.get('a'))?.state).toBe('dropped');
    await approvals.ask({ ...approval({ amountTiyin: 20_000_000 }), id: 'b' });
    await approvals.confirm('b', OWNER.id);
    expect((await approvals.agree('b', { secondId: SECOND.id, seenTiyin: 0 })).kind).toBe(
      'overtaken',
    );
    expect(await waiting(stage, OWNER.id)).toEqual(['decision_over']);
  });

  it('and fails leaves everything as it was', async () => {
    const stage = await twoOwners();
    const approvals = approvalsOf(stage, {
      perform: async () => {
        throw new Error('a bug');
      },
    });
    await approvals.ask(approval({ amountTiyin: 1 }));
    await expect(approvals.confirm('a', OWNER.id)).rejects.toThrow('a bug');
    expect((await approvals.get('a'))?.state).toBe('asked');
  });

  it('after the transaction runs again when a crash came between', async () => {
    const stage = await twoOwners();
    let runs = 0;
    const after = async (row: Approval): Promise<'done'> => {
      runs += 1;
      expect(row.state).toBe('done');
      if (runs === 1) throw new Error('killed');
      return 'done';
    };
    const approvals = approvalsOf(stage, { after });
    await approvals.ask(approval({ amountTiyin: 20_000_000 }));
    await approvals.confirm('a', OWNER.id);
    await expect(approvals.agree('a', { secondId: SECOND.id, seenTiyin: 0 })).rejects.toThrow(
      'killed',
    );
    expect((await approvals.agree('a', { secondId: SECOND.id, seenTiyin: 0 })).kind).toBe('over');
    expect(runs).toBe(2);
  });

  it('asked again under the same id is the same question', async () => {
    const stage = await twoOwners();
    const approvals = approvalsOf(stage, { perform: async () => 'done' });
    await approvals.ask(approval({ amountTiyin: 1 }));
    await approvals.confirm('a', OWNER.id);
    const again = await approvals.ask(approval({ amountTiyin: 2 }));
    expect(again).toMatchObject({ kind: 'asked', row: { state: 'done', amountTiyin: 1 } });
  });

  it('has one action, and a kind without any throws', async () => {
    const stage = await twoOwners();
    const approvals = approvalsOf(stage, {});
    expect(() => approvals.register({ approve: {} })).toThrow('does something already');
    await approvals.ask({ ...approval({ amountTiyin: 1 }), kind: 'bill_refund' });
    await expect(approvals.confirm('a', OWNER.id)).rejects.toThrow('nothing is done');
  });
});

function approval({ amountTiyin }: { amountTiyin: number }) {
  const kind = 'approve' as const;
  return {
    id: 'a',
    kind,
    askerId: OWNER.id,
    userId: ALI.id,
    subject: 'T1',
    amountTiyin,
    reason: 'x',
  };
}

/** On the stage's tables, with one action of ours. */
function approvalsOf(
  { db, clock, options }: Pick<BotStage, 'db' | 'clock' | 'options'>,
  action: ApprovalAction,
): Approvals {
  const staff = createStaff({
    operatorIds: [],
    viewerIds: [],
    operatorLimitTiyin: 0,
    dualControlAboveTiyin: null,
    ...options.staff,
    ownerIds: options.adminIds,
  });
  const approvals = createApprovals({
    db,
    clock,
    staff,
    alarm: async () => undefined,
    notifyOutbox: () => undefined,
  });
  approvals.register({ approve: action });
  return approvals;
}
