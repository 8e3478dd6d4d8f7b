/** What can be paid, kept for 10 minutes; the last good copy serves, marked as old, while Paylov is down. */
import type { Clock } from '../core/deps.ts';
import type { PaylovProblem } from './paylov/errors.ts';
import type { FieldsOutcome, Paylov, Service, ServicesOutcome } from './paylov/types.ts';

const FRESH_MS = 10 * 60_000;
/** While Paylov is down, people must not wait for it at every tap. */
const RETRY_AFTER_MS = 30_000;
/** How many services' forms are kept, and how many values they offer together: some have thousands of places. */
const MAX_FORMS = 300;
const MAX_OPTIONS = 300_000;

type CatalogServices =
  /** `stale`: Paylov does not answer, this is from `asOf`. */
  { kind: 'services'; services: Service[]; stale: boolean; asOf: number } | PaylovProblem;

export type CatalogForm =
  | (Extract<FieldsOutcome, { kind: 'form' }> & { stale: boolean; asOf: number })
  | { kind: 'unavailable' }
  | PaylovProblem;

export interface Catalog {
  services(): Promise<CatalogServices>;
  fields(serviceId: string): Promise<CatalogForm>;
}

/** Kept in memory: after a restart Paylov is asked again. */
export function createCatalog({ paylov, clock }: { paylov: Paylov; clock: Clock }): Catalog {
  const list = createCopy({ clock, ask: () => paylov.services(), isGood: isServices });
  const forms = new Map<string, KeptForm>();
  return {
    services: list,
    fields: async (serviceId) => {
      const kept = forms.get(serviceId) ?? {
        copy: createCopy({ clock, ask: () => paylov.fields(serviceId), isGood: isForm }),
        options: 0,
      };
      // Puts the form that was used last at the end, so that the longest unused go first.
      forms.delete(serviceId);
      forms.set(serviceId, kept);
      const form = await kept.copy();
      kept.options = optionsOf(form);
      forgetOldest(forms);
      return form;
    },
  };
}

interface KeptForm {
  copy: Copy<FieldsOutcome, Form>;
  /** How many values all of its fields offer. */
  options: number;
}

function optionsOf(form: CatalogForm): number {
  if (form.kind !== 'form') return 0;
  return form.fields.reduce((sum, { options }) => sum + options.length, 0);
}

function forgetOldest(forms: Map<string, KeptForm>): void {
  let options = [...forms.values()].reduce((sum, kept) => sum + kept.options, 0);
  for (const [serviceId, kept] of forms) {
    const isFew = forms.size <= MAX_FORMS && options <= MAX_OPTIONS;
    if (isFew || forms.size === 1) return;
    options -= kept.options;
    forms.delete(serviceId);
  }
}

type Form = Extract<FieldsOutcome, { kind: 'form' }>;
type Services = Extract<ServicesOutcome, { kind: 'services' }>;

const isServices = (outcome: ServicesOutcome): outcome is Services => outcome.kind === 'services';
const isForm = (outcome: FieldsOutcome): outcome is Form => outcome.kind === 'form';

type Copy<T, G extends T> = () => Promise<Exclude<T, G> | (G & { stale: boolean; asOf: number })>;

function createCopy<T extends { kind: string }, G extends T>(options: {
  clock: Clock;
  ask: () => Promise<T>;
  isGood: (outcome: T) => outcome is G;
}): Copy<T, G> {
  const { clock, ask, isGood } = options;
  let kept: { value: G; asOf: number; since: number } | null = null;
  let retryAt = 0;
  let asking: ReturnType<Copy<T, G>> | null = null;

  const serve = (stale: boolean) => (kept ? { ...kept.value, stale, asOf: kept.asOf } : null);

  const refresh: Copy<T, G> = async () => {
    const outcome = await ask();
    if (isGood(outcome)) {
      kept = { value: outcome, asOf: clock.now(), since: clock.elapsed() };
      return { ...outcome, stale: false, asOf: kept.asOf };
    }
    // The guard above leaves nothing good; TypeScript can't say so of a type parameter.
    const other = outcome as Exclude<T, G>;
    if (!isDown(other)) {
      kept = null;
      return other;
    }
    retryAt = clock.elapsed() + RETRY_AFTER_MS;
    return serve(true) ?? other;
  };

  return async () => {
    const now = clock.elapsed();
    const fresh = kept !== null && now - kept.since < FRESH_MS ? serve(false) : null;
    const old = now < retryAt ? serve(true) : null;
    const copy = fresh ?? old;
    if (copy) return copy;
    asking ??= refresh().finally(() => {
      asking = null;
    });
    return await asking;
  };
}

/** Fields that contradict each other, or none at all, are an answer: an old copy would be wrong. */
function isDown(outcome: { kind: string; code?: string }): boolean {
  return outcome.kind === 'problem' && outcome.code !== 'bad_form';
}
