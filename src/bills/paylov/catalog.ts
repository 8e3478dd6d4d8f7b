/** What can be paid: the services and the fields each of them asks for (paylov.txt, 1–3). */
import { isBody, normaliseWords } from '../../client/words.ts';
import type { CallContext } from './reading.ts';
import type { PaylovProblem } from './errors.ts';
import { readForm } from './form.ts';
import { fieldsResult, formItem, infoResult, serviceItem, servicesResult } from './schemas.ts';
import type { FieldsOutcome, InfoOutcome, InfoRequest, Service, ServicesOutcome } from './types.ts';
import { MAX_LIST_BYTES, type PaylovWire } from './client.ts';

export async function services(wire: PaylovWire): Promise<ServicesOutcome> {
  const context: CallContext = { name: 'list' };
  const sent = await wire.list();
  const read = wire.answers.read(context, sent, servicesResult);
  if (read.kind === 'problem') return read;
  const parsed = read.value.services.map((item) => serviceItem.safeParse(item));
  const found = parsed.flatMap((each) => (each.success ? [each.data] : []));
  // One service that makes no sense must not hide the others.
  const unreadable = parsed.length - found.length;
  if (unreadable > 0) wire.answers.badAnswer(context, `${unreadable} services left out`);
  return { kind: 'services', services: distinct(found) };
}

function distinct(found: readonly Service[]): Service[] {
  return [...new Map(found.map((service) => [service.id, service])).values()];
}

export async function fields(wire: PaylovWire, serviceId: string): Promise<FieldsOutcome> {
  const context: CallContext = { name: 'fields' };
  const path = `/servicePayment/fields/${encodeURIComponent(serviceId)}/`;
  const sent = await wire.sendService(context, {
    method: 'GET',
    path,
    maxBodyBytes: MAX_LIST_BYTES,
  });
  const read = wire.answers.read(context, sent, fieldsResult);
  if (read.kind === 'problem') return read;
  const { data } = read.value;
  const items = Array.isArray(data) ? data : [data];
  if (items.length === 0) return { kind: 'unavailable' };
  const item = items.find((each) => isBody(each) && each['service_id'] === serviceId) ?? items[0];
  return readService(wire, context, { item, serviceId });
}

function readService(
  wire: PaylovWire,
  context: CallContext,
  { item, serviceId }: { item: unknown; serviceId: string },
): FieldsOutcome {
  const service = serviceItem.safeParse(item);
  const raw = formItem.safeParse(item);
  if (!service.success || !raw.success) {
    return wire.answers.badAnswer(context, 'a service without its name or its fields');
  }
  if (service.data.id !== serviceId) {
    return wire.answers.badAnswer(context, 'the fields of another service');
  }
  const form = readForm(raw.data.fields);
  if (form.kind === 'bad') {
    // Names of fields are Paylov's words.
    const detail = wire.answers.shown(context, form.reason);
    wire.answers.badAnswer(context, detail);
    return { kind: 'problem', code: 'bad_form', detail };
  }
  return {
    kind: 'form',
    service: service.data,
    fields: form.fields,
    responseFields: raw.data.response_fields,
  };
}

/** A POST, but it only asks. */
export async function info(wire: PaylovWire, request: InfoRequest): Promise<InfoOutcome> {
  const context: CallContext = { name: 'info' };
  const sent = await wire.sendService(context, {
    method: 'POST',
    path: '/servicePayment/info/',
    json: { service_id: request.serviceId, account: request.account },
  });
  const read = wire.answers.read(context, sent, infoResult);
  return read.kind === 'problem' ? aboutAccount(read) : { kind: 'info', details: read.value.data };
}

/** Services speak for themselves behind codes that say little. */
const VAGUE = new Set<PaylovProblem['code']>(['unknown_error', 'processing_error', 'server_error']);
const NO_ACCOUNT =
  /не найден|не существ|нет тако|неверный (?:номер|лицевой)|topilmad|mavjud emas|топилмад|мавжуд эмас|not found|does(?:n't| not) exist|no such/u;

/** "The subscriber was not found": what was typed is wrong, and nobody has to wait. */
function aboutAccount(problem: PaylovProblem): PaylovProblem {
  const words = normaliseWords(problem.detail ?? '');
  const isAbout = VAGUE.has(problem.code) && NO_ACCOUNT.test(words);
  return isAbout ? { ...problem, code: 'field_not_valid' } : problem;
}
