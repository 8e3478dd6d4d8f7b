/** Paylov in `/providers`: whether balances pay bills, and what is left on the operator's card. */
import { whyPaused } from '../kit/names.ts';
import { pause, pausedBy, resume } from '../../../bills/pause.ts';
import { changeFloat, floatOf, writtenDown } from '../../../ledger/float.ts';
import { autoFigures } from '../../../monthly/auto-figures.ts';
import { watchFigures } from '../../../monthly/watches.ts';
import { MAX_TIYIN, parseTypedSum, type Tiyin } from '../../../core/money.ts';
import { billRateSince } from '../../../bills/rate.ts';
import type { BotContext, Parts } from '../../kit/context.ts';
import { answer, send, show } from '../../kit/reply.ts';
import {
  type FloatChange,
  type FloatKind,
  floatQuestion,
  floatResult,
  floatScreen,
  WRITE,
} from './float-screens.ts';
import { type Screen, screen } from '../../kit/screen.ts';
import { askAgain } from '../kit/asking.ts';
import type { DeskAction, DeskFeature, DeskInput } from '../kit/feature.ts';
import { deskHomeButton } from '../kit/home.ts';
import { askForWords } from '../../kit/words.ts';
import { writeAuditLog } from '../../../staff/audit-log.ts';
import { DAY_MS, dayOf } from '../../../core/calendar.ts';

const AREA = 'float';

/** How far back it is told how bills paid themselves. */
const AUTO_DAYS = 30;

/** There is such a part only where bills are paid. */
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
      deposit: asks('deposit'),
      balance: asks('balance'),
      put: writes(parts, 'deposit'),
      set: writes(parts, 'balance'),
    },
    inputs: { deposit: takes(parts, 'deposit'), balance: takes(parts, 'balance') },
  };
}

async function screenOf(ctx: BotContext, parts: Parts): Promise<Screen> {
  const { db, clock, staff, books } = parts;
  const may = (role: DeskAction['role']): boolean => staff.may(ctx.person.id, role);
  const paused = await pausedBy(db.read);
  return floatScreen(ctx.t, {
    paused: paused === null ? null : await whyPaused(ctx.t, db.read, paused),
    rate: await billRateSince(db.read, clock.now() - DAY_MS),
    float: await floatOf(db.read),
    watched: await watchFigures(db.read),
    auto: await autoFigures(db.read, {
      sinceAt: clock.now() - AUTO_DAYS * DAY_MS,
      until: dayOf(clock.now() + DAY_MS),
    }),
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
        if (done) await writeAuditLog(tx, { at, staffId, action, subject: 'paylov' });
        return done;
      });
      await answer(ctx, ctx.t(changed ? 'toast-owner-done' : 'toast-owner-decided'));
      await show(ctx, await screenOf(ctx, parts));
    },
  };
}

function asks(kind: FloatKind): DeskAction {
  return {
    role: 'owner',
    async run(ctx) {
      await askForWords(ctx, { area: AREA, name: kind, arg: '' });
      const asked = ctx.t(kind === 'deposit' ? 'float-ask-deposit' : 'float-ask-balance');
      await send(ctx, screen([asked], [[deskHomeButton(ctx.t)]]));
    },
  };
}

function takes(parts: Parts, kind: FloatKind): DeskInput {
  return {
    role: 'owner',
    async run(ctx) {
      const amountTiyin = typedSum(ctx.typed, kind);
      if (amountTiyin === null || !ctx.message) {
        await askAgain(ctx, ctx.t('float-bad-sum'));
        return;
      }
      await send(
        ctx,
        await question(ctx, parts, { kind, amountTiyin, name: ctx.message.message_id }),
      );
    },
  };
}

async function question(
  ctx: BotContext,
  { db }: Parts,
  { kind, changed, ...asked }: Wanted & { changed?: boolean },
): Promise<Screen> {
  const { leftTiyin, spentTiyin } = await floatOf(db.read);
  const carried = { ...asked, spentTiyin, writtenTiyin: await writtenDown(db.read) };
  const { amountTiyin } = asked;
  return floatQuestion(ctx.t, { kind, amountTiyin, leftTiyin, carried, changed });
}

type Wanted = Pick<FloatChange, 'amountTiyin' | 'name'> & { kind: FloatKind };

/** A typed sum. A card may be empty, so its balance may be zero; a deposit may not. */
function typedSum(text: string, kind: FloatKind): Tiyin | null {
  if (kind === 'balance' && text.trim() === '0') return 0;
  return parseTypedSum(text, { tiyin: true });
}

function writes(parts: Parts, kind: FloatKind): DeskAction {
  return WRITE[kind].by('owner', async (ctx, { name, ...figures }) => {
    const { amountTiyin } = figures;
    if (amountTiyin < 0 || amountTiyin > MAX_TIYIN) {
      await answer(ctx, ctx.t('toast-old'));
      return;
    }
    const staffId = ctx.person.id;
    const key = `float:${staffId}:${name}`;
    const at = parts.clock.now();
    const outcome = await parts.db.tx((tx) =>
      changeFloat(tx, { key, kind, ...figures, staffId, at }),
    );
    if (outcome.kind !== 'changed') {
      await show(ctx, floatResult(ctx.t, outcome));
      return;
    }
    await answer(ctx, ctx.t('decision-toast-changed'), { alert: true });
    await show(ctx, await question(ctx, parts, { kind, name, amountTiyin, changed: true }));
  });
}
