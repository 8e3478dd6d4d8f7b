/** Paylov in `/providers`: whether balances pay bills, and what is left on the operator's card. */
import { pause, pausedBy, resume } from '../../bills/pause.ts';
import { staffLog } from '../../db/tables.ts';
import { changeFloat, floatOf } from '../../ledger/float.ts';
import { MAX_TIYIN, parseTypedSum, type Tiyin } from '../../money.ts';
import { billRateSince } from '../../bills/rate.ts';
import type { BotContext, Parts } from '../context.ts';
import { answer, send, show } from '../reply.ts';
import { type FloatKind, floatQuestion, floatResult, floatScreen } from '../views/float.ts';
import type { Screen } from '../views/screen.ts';
import type { DeskAction, DeskFeature, DeskInput } from './feature.ts';
import { askInput } from './input.ts';

const AREA = 'float';
const DAY_MS = 24 * 3_600_000;

/** Only where bills are paid. */
export function floatDesk(parts: Parts): DeskFeature {
  if (!parts.ownerBills) return { area: AREA };
  return {
    area: AREA,
    taps: {
      show: {
        role: 'viewer',
        run: async (ctx) => void (await show(ctx, await screenOf(ctx, parts))),
      },
      pause: switchBills(parts, { role: 'operator', on: false }),
      resume: switchBills(parts, { role: 'owner', on: true }),
      deposit: asks(parts, 'deposit'),
      balance: asks(parts, 'balance'),
      put: writes(parts, 'deposit'),
      set: writes(parts, 'balance'),
    },
    inputs: { deposit: takes(parts, 'deposit'), balance: takes(parts, 'balance') },
  };
}

async function screenOf(ctx: BotContext, parts: Parts): Promise<Screen> {
  const { db, clock, staff, books } = parts;
  const may = (role: DeskAction['role']): boolean => staff.may(ctx.person.id, role);
  return floatScreen(ctx.t, {
    paused: await pausedBy(db.read),
    rate: await billRateSince(db.read, clock.now() - DAY_MS),
    float: await floatOf(db.read),
    alertTiyin: books?.floatAlertTiyin ?? null,
    mayPause: may('operator'),
    isOwner: may('owner'),
  });
}

function switchBills(
  parts: Parts,
  { role, on }: { role: DeskAction['role']; on: boolean },
): DeskAction {
  return {
    role,
    async run(ctx) {
      const staffId = ctx.person.id;
      const changed = await parts.db.tx(async (tx) => {
        const done = on ? await resume(tx) : await pause(tx, `owner:${staffId}`);
        const action = on ? 'resume' : 'pause';
        const at = parts.clock.now();
        if (done) await tx.insert(staffLog).values({ at, staffId, action, subject: 'paylov' });
        return done;
      });
      await answer(ctx, ctx.t(changed ? 'toast-owner-done' : 'toast-owner-decided'));
      await show(ctx, await screenOf(ctx, parts));
    },
  };
}

function asks(parts: Parts, kind: FloatKind): DeskAction {
  return {
    role: 'owner',
    async run(ctx) {
      await askInput(ctx, parts, { area: AREA, name: kind, arg: '' });
      await send(ctx, {
        text: ctx.t(kind === 'deposit' ? 'float-ask-deposit' : 'float-ask-balance'),
      });
    },
  };
}

function takes(parts: Parts, kind: FloatKind): DeskInput {
  return {
    role: 'owner',
    async run(ctx) {
      const amountTiyin = typedSum(ctx.typed, kind);
      if (amountTiyin === null || !ctx.message) {
        await send(ctx, { text: ctx.t('float-bad-sum') });
        return;
      }
      const { leftTiyin, spentTiyin } = await floatOf(parts.db.read);
      // The message names the change: however often it is confirmed, it is written once.
      const arg = [amountTiyin, ctx.message.message_id, signed(spentTiyin)].join('-');
      await send(ctx, floatQuestion(ctx.t, { kind, amountTiyin, leftTiyin, arg }));
    },
  };
}

/** A card may be empty; a deposit of nothing is none. */
function typedSum(text: string, kind: FloatKind): Tiyin | null {
  if (kind === 'balance' && text.trim() === '0') return 0;
  return parseTypedSum(text, { tiyin: true });
}

/** A minus would look like what stands between the parts. */
function signed(sumTiyin: Tiyin): string {
  return sumTiyin < 0 ? `n${-sumTiyin}` : String(sumTiyin);
}

function writes(parts: Parts, kind: FloatKind): DeskAction {
  return {
    role: 'owner',
    async run(ctx, arg) {
      const match = /^(\d{1,16})-(\d{1,12})-(n?)(\d{1,16})$/.exec(arg);
      const amountTiyin = Number(match?.[1] ?? Number.NaN);
      const spentTiyin = Number(match?.[4] ?? 0) * (match?.[3] === 'n' ? -1 : 1);
      if (!match || !(amountTiyin <= MAX_TIYIN)) {
        await answer(ctx, ctx.t('toast-old'));
        return;
      }
      const staffId = ctx.person.id;
      const key = `float:${staffId}:${match[2]}`;
      const at = parts.clock.now();
      const outcome = await parts.db.tx((tx) =>
        changeFloat(tx, { key, kind, amountTiyin, spentTiyin, staffId, at }),
      );
      await show(ctx, floatResult(ctx.t, outcome));
    },
  };
}
