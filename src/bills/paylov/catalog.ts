/** What can be paid: the services and the fields each of them asks for (paylov.txt, 1–3). */
import { isBody, normaliseWords } from '../../client/words.ts';
import type { CallContext } from './reading.ts';
import type { PaylovProblem } from './errors.ts';
import { readForm } from './form.ts';
import { fieldsResult, formItem, infoResult, serviceItem, servicesResult } from './schemas.ts';
import type { FieldsOutcome, InfoOutcome, InfoRequest, Service, ServicesOutcome } from './types.ts';
import { MAX_LIST_BYTES, type PaylovClient } from './client.ts';

export async function services(client: PaylovClient): Promise<ServicesOutcome> {
  const context: CallContext = { name: 'list' };
  const sent = await client.list();
  const read = client.answers.read(context, sent, servicesResult);
  if (read.kind === 'problem') return read;
  const parsed = read.value.services.map((item) => serviceItem.safeParse(item));
  const found = parsed.flatMap((each) => (each.success ? [each.data] : []));
  // One service that makes no sense must not hide the others.
  const unreadable = parsed.length - found.length;
  if (unreadable > 0) client.answers.badAnswer(context, `${unreadable} services left out`);
  return { kind: 'services', services: distinct(found) };
}

function distinct(found: readonly Service[]): Service[] {
  return [...new Map(found.map((service) => [service.id, service])).values()];
}

export async function fields(client: PaylovClient, serviceId: string): Promise<FieldsOutcome> {
  const context: CallContext = { name: 'fields' };
  const path = `/servicePayment/fields/${encodeURIComponent(serviceId)}/`;
  const sent = await client.sendService(context, {
    method: 'GET',
    path,
    maxBodyBytes: MAX_LIST_BYTES,
  });
  const read = client.answers.read(context, sent, fieldsResult);
  if (read.kind === 'problem') return read;
  const { data } = read.value;
  const items = Array.isArray(data) ? data : [data];
  if (items.length === 0) return { kind: 'unavailable' };
  const item = items.find((each) => isBody(each) && each['service_id'] === serviceId) ?? items[0];
  return readService(client, context, { item, serviceId });
}

function readService(
  client: PaylovClient,
  context: CallContext,
  { item, serviceId }: { item: unknown; serviceId: string },
): FieldsOutcome {
  const service = serviceItem.safeParse(item);
  const raw = formItem.safeParse(item);
  if (!service.success || !raw.success) {
    return client.answers.badAnswer(context, 'a service without its name or its fields');
  }
  if (service.data.id !== serviceId) {
    return client.answers.badAnswer(context, 'the fields of another service');
  }
  const form = readForm(raw.data.fields);
  if (form.kind === 'bad') {
    // Names of fields are Paylov's words.
    const detail = client.answers.shown(context, form.reason);
    client.answers.badAnswer(context, detail);
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
export async function info(client: PaylovClient, request: InfoRequest): Promise<InfoOutcome> {
  const context: CallContext = { name: 'info' };
  const sent = await client.sendService(context, {
    method: 'POST',
    path: '/servicePayment/info/',
    json: { service_id: request.serviceId, account: request.account },
  });
  const read = client.answers.read(context, sent, infoResult);
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
