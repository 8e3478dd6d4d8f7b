/** What the ledger must do, said as simply as possible: maps in memory, one step after another. */
import {
  type AccountId,
  mayBeNegative,
  providerClearing,
  userAvailable,
  userHeld,
} from '../ledger/accounts.ts';
import type { Line } from '../ledger/ledger.ts';
import { transfer } from './ledger.ts';

export type Step =
  | { kind: 'post'; key: string; lines: readonly Line[] }
  | { kind: 'reverse'; key: string; target: string }
  | { kind: 'hold'; id: string; userId: number; amountTiyin: number }
  /** `backTiyin` of it goes back to the user, as far as there is that much. */
  | { kind: 'capture'; id: string; backTiyin: number }
  | { kind: 'release'; id: string }
  /** Posts, and then its transaction fails. */
  | { kind: 'fail'; key: string; lines: readonly Line[] };

interface Hold {
  userId: number;
  amountTiyin: number;
  state: 'held' | 'captured' | 'released';
}

interface ModelEntry {
  lines: readonly Line[];
  reverses: string | null;
}

/** Where captured money goes. */
export function captureLines(hold: Omit<Hold, 'state'>, backTiyin: number): Line[] {
  const back = Math.min(backTiyin, hold.amountTiyin);
  const lines = [
    { account: providerClearing('paylov'), amountTiyin: hold.amountTiyin - back },
    { account: userAvailable(hold.userId), amountTiyin: back },
  ];
  return lines.filter((line) => line.amountTiyin !== 0);
}

export class LedgerModel {
  readonly balances = new Map<AccountId, number>();
  readonly holds = new Map<string, Hold>();
  readonly entries = new Map<string, ModelEntry>();

  /** Does the step and names its outcome. A step that is refused changes nothing. */
  apply(step: Step): string {
    if (step.kind === 'post') return this.#post(step.key, { lines: step.lines, reverses: null });
    if (step.kind === 'reverse') return this.#reverse(step);
    if (step.kind === 'hold') return this.#hold(step);
    if (step.kind === 'fail') return 'failed';
    return this.#endHold(step);
  }

  #post(key: string, entry: ModelEntry): string {
    const existing = this.entries.get(key);
    if (existing) {
      return JSON.stringify(existing) === JSON.stringify(entry) ? 'repeated' : 'conflict';
    }
    const reversed = [...this.entries.values()].map((each) => each.reverses);
    if (entry.reverses !== null && reversed.includes(entry.reverses)) return 'already reversed';
    const moved = new Map(this.balances);
    for (const { account, amountTiyin } of entry.lines) {
      const balance = (moved.get(account) ?? 0) + amountTiyin;
      if (amountTiyin < 0 && balance < 0 && !mayBeNegative(account)) return 'insufficient';
      moved.set(account, balance);
    }
    for (const [account, balance] of moved) this.balances.set(account, balance);
    this.entries.set(key, entry);
    return 'posted';
  }

  #reverse({ key, target }: { key: string; target: string }): string {
    const original = this.entries.get(target);
    if (!original) return 'nothing to reverse';
    const lines = original.lines
      .toReversed()
      .map(({ account, amountTiyin }) => ({ account, amountTiyin: -amountTiyin }));
    return this.#post(key, { lines, reverses: target });
  }

  #hold({ id, userId, amountTiyin }: Step & { kind: 'hold' }): string {
    const existing = this.holds.get(id);
    if (existing) {
      const isSame = existing.userId === userId && existing.amountTiyin === amountTiyin;
      return isSame ? 'repeated' : 'conflict';
    }
    const lines = transfer(userAvailable(userId), userHeld(userId), amountTiyin);
    const outcome = this.#post(`${id}:hold`, { lines, reverses: null });
    if (outcome === 'insufficient') return outcome;
    this.holds.set(id, { userId, amountTiyin, state: 'held' });
    return 'held';
  }

  #endHold(step: Step & { kind: 'capture' | 'release' }): string {
    const hold = this.holds.get(step.id);
    if (hold?.state !== 'held') return `not held: ${hold?.state ?? 'null'}`;
    const to =
      step.kind === 'capture'
        ? captureLines(hold, step.backTiyin)
        : [{ account: userAvailable(hold.userId), amountTiyin: hold.amountTiyin }];
    hold.state = step.kind === 'capture' ? 'captured' : 'released';
    const lines = [{ account: userHeld(hold.userId), amountTiyin: -hold.amountTiyin }, ...to];
    this.#post(`${step.id}:${hold.state}`, { lines, reverses: null });
    return 'ended';
  }
}
