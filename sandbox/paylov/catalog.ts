/** The services of the simulated Paylov, as `list` and `fields` answer them (paylov.txt, 1 and 2). */
import { COMMUNAL } from './catalog-communal.ts';
import { OTHERS } from './catalog-others.ts';
import type { CatalogField, CatalogService } from './catalog-types.ts';

/** Those of the document's example first. */
export const CATALOG: readonly CatalogService[] = [...COMMUNAL, ...OTHERS];

export function findService(id: unknown): CatalogService | undefined {
  return CATALOG.find((service) => service.id === id);
}

export function isPayable(service: CatalogService): boolean {
  return service.isActive !== false && service.paymentAvailable !== false;
}

/** What `list` shows: everything, or what this merchant may offer. */
export function listed({ onlyForMe }: { onlyForMe: boolean }): CatalogService[] {
  return CATALOG.filter((service) => !onlyForMe || service.forOthers !== true);
}

/** An item of `list`. */
export function listItem(service: CatalogService): Record<string, unknown> {
  return {
    service_id: service.id,
    name: service.name,
    category: service.category,
    amount: { min: service.min, max: service.max },
    is_active: service.isActive ?? true,
    has_info_method: service.hasInfo,
    can_cancel: service.canCancel,
    payment_available: service.paymentAvailable ?? true,
    ...(service.logo === undefined ? {} : { logo: service.logo }),
  };
}

/** An item of `fields`. */
export function formItem(service: CatalogService): Record<string, unknown> {
  const number = CATALOG.indexOf(service) * 100;
  return {
    ...listItem(service),
    fields: service.fields.map((field, index) => fieldItem(field, number + index + 9)),
    response_fields: service.hasInfo ? responseFields(service) : [],
  };
}

function fieldItem(field: CatalogField, id: number): Record<string, unknown> {
  const { values = [] } = field;
  return {
    field_id: String(id),
    name: field.name,
    title: field.title ?? field.name,
    type: values.length > 0 ? 'select' : 'text',
    content: field.content ?? 'text',
    validation: field.validation ?? null,
    length: field.length ?? null,
    required: field.optional !== true,
    // The document leaves it out where text is typed.
    ...(values.length > 0 ? { dependency_of: field.dependencyOf ?? null } : {}),
    values: values.map(({ value, title, filter = null }, index) => ({
      id: id * 1000 + index,
      value,
      title,
      filter,
    })),
  };
}

function responseFields(service: CatalogService): Record<string, unknown>[] {
  const rows: (readonly [name: string, title: string, postfix: string | null])[] = [
    ['fio', 'fio', null],
    ['address', 'address', null],
    ['last_paid_date', 'last_paid_date', null],
    ['last_paid', 'last_paid', 'UZS'],
    ['saldo', 'balance', 'UZS'],
  ];
  if (service.meter) rows.push(['pokcob', 'bypass_indication', null]);
  return rows.map(([name, title, postfix], index) => ({
    field_id: String(1311 + index),
    name,
    title,
    postfix,
  }));
}
