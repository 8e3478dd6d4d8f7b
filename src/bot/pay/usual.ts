/** What somebody chose the last time where the same was asked: most people pay for one home. Pure. */
import type { Bill } from '../../bills/bill.ts';
import type { Account, Field, FieldOption } from '../../bills/paylov/types.ts';
import { offered } from './answers.ts';

/** The option that was chosen before; null where none that can be chosen now was. `bills`: newest first. */
export function usualOption(
  bills: readonly Bill[],
  { serviceId, field, account }: { serviceId: string; field: Field; account: Account },
): FieldOption | null {
  const options = offered(field, account);
  const own = bills.filter((bill) => bill.serviceId === serviceId);
  const byValue = firstOf(own, (bill) => {
    return options.find(({ value }) => value === bill.account[field.name]);
  });
  // Other services have numbers of their own for the same places, so only the words tell that it is the same.
  return (
    byValue ?? firstOf(bills, (bill) => options.find(({ title }) => title === said(bill, field)))
  );
}

function firstOf<T>(bills: readonly Bill[], find: (bill: Bill) => T | undefined): T | null {
  for (const bill of bills) {
    const found = find(bill);
    if (found !== undefined) return found;
  }
  return null;
}

function said({ accountLabels }: Bill, { name }: Field): string | undefined {
  return accountLabels?.find((label) => label.name === name)?.value;
}

/** Puts the usual one first and leaves the others as they come. */
export function usualFirst(
  options: readonly FieldOption[],
  usual: FieldOption | null,
): readonly FieldOption[] {
  if (usual === null) return options;
  return [usual, ...options.filter(({ value }) => value !== usual.value)];
}
