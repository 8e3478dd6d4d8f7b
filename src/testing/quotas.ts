/** For stages whose one person does what many do. */
import { QUOTAS, type QuotaLimits } from '../quotas/limits.ts';

export const UNLIMITED: QuotaLimits = {
  actions: {
    open_order: [],
    check_order: [],
    cancel_order: [],
    account_info: [],
    watch_look: [],
    watch_all: [],
    link_card: [],
    card_link: [],
    card_code: [],
    new_code: [],
    pay_bill: [],
    receipt: [],
    statement: [],
    ask_to_pay: [],
    invite_home: [],
    open_ticket: [],
    write_ticket: [],
  },
  sumsNearOne: Infinity,
};

/** The program's own for these, no others. */
export function limitedOnly(...actions: readonly (keyof QuotaLimits['actions'])[]): QuotaLimits {
  const own = actions.map((action) => [action, QUOTAS.actions[action]] as const);
  return { ...UNLIMITED, actions: { ...UNLIMITED.actions, ...Object.fromEntries(own) } };
}
