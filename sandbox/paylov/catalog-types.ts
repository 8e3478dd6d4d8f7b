/** What a service of the simulated Paylov is. */

export interface CatalogValue {
  value: string;
  title: string;
  /** The parent's value under which it is offered. */
  filter?: string;
}

export interface CatalogField {
  name: string;
  title?: string;
  content?: 'text' | 'number';
  validation?: string;
  length?: number;
  optional?: boolean;
  dependencyOf?: string;
  /** With values it is a select. */
  values?: readonly CatalogValue[];
}

export interface CatalogService {
  id: string;
  name: string;
  category: { id: number; name: string };
  /** In so'm. */
  min: number;
  max: number;
  hasInfo: boolean;
  canCancel: boolean;
  isActive?: false;
  paymentAvailable?: false;
  /** Other merchants may offer it. */
  forOthers?: true;
  logo?: string;
  fields: readonly CatalogField[];
  /** The field that says whose account it is. */
  accountField: string;
  /**
   * What its `saldo` means, which Paylov does not tell: `owed` is above zero for a debt, `untold` is a number that nobody can
   * explain. Else it is the account's own money, below zero for a debt.
   */
  saldo?: 'owed' | 'untold';
  /** Its reading is told, and an unpaid waste bill is in its way. */
  meter?: true;
}
