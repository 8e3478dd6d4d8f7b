/** Which service: found by its category, or by its name. */
import type { Next, Now, Question } from '../kit/talk.ts';
import { answer } from '../kit/reply.ts';
import type { Screen } from '../kit/screen.ts';
import { nextField } from './answers.ts';
import { type Answer, buttons, pageOfTap } from './buttons.ts';
import { categoryScreen, homeScreen, payProblemScreen, searchScreen } from './choice-screens.ts';
import { askedField } from './fields.ts';
import { formOf, noFormNotice } from './form.ts';
import type { PayParts } from '../kit/pay-parts.ts';
import { searched } from '../../names/search.ts';
import { plainText } from '../kit/plain-text.ts';
import { isCardAlone } from '../kit/typed-card.ts';
import { shortKey } from '../kit/short-key.ts';
import type { Paying, Place } from './known.ts';

export function theService(parts: PayParts): Question<Paying> {
  return {
    screen: async (now) => await placeScreen(now, parts),
    tapped: buttons({
      home: (now) => at(now, { name: 'home', page: 0 }),
      back: (now) => at(now, { name: 'home', page: 0 }),
      category: (now, key) => at(now, { name: 'category', key, page: 0 }),
      page({ known }, arg) {
        const page = pageOfTap(arg);
        if (page === null) return null;
        return { known: { ...known, place: { ...known.place, page } }, isPage: true };
      },
      service: async (now, key) => await choose(now, parts, key),
    }),
    typed(now, text) {
      const typed = plainText(text);
      // It must not stay in the chat, nor be said once more: it goes where any card's number goes that nobody asked for.
      if (isCardAlone(typed)) return null;
      return at(now, { name: 'search', query: searched(typed), page: 0 });
    },
  };
}

function at({ known }: Now<Paying>, place: Place): Answer {
  return { known: { ...known, place } };
}

async function placeScreen({ ctx, ...told }: Now<Paying>, { bills }: PayParts): Promise<Screen> {
  const { t } = ctx;
  const found = await bills.catalog.services();
  if (found.kind === 'problem') return payProblemScreen(t, found.code);
  const { services, stale } = found;
  const { place } = told.known;
  const choice = { told, services, stale, page: place.page };
  if (place.name === 'home') {
    const saved = await bills.saved.visible(ctx.person.id);
    return homeScreen(t, { ...choice, saved });
  }
  if (place.name === 'category') {
    const own = services.filter(({ category }) => shortKey(category.id) === place.key);
    return categoryScreen(t, { ...choice, services: own });
  }
  const named = t.names.found(services, place.query);
  return searchScreen(t, { ...choice, services: named, query: place.query });
}

/** Begins with the questions of a service; answers that were given before are kept for the same service. */
async function choose(now: Now<Paying>, parts: PayParts, key: string): Promise<Next<Paying>> {
  const { ctx, known } = now;
  const found = await parts.bills.catalog.services();
  // The screen says what is wrong.
  if (found.kind === 'problem') return { known };
  const service = found.services.find(({ id }) => shortKey(id) === key);
  if (!service) return null;
  if (!service.available) {
    await answer(ctx, ctx.t('toast-service-paused'), { alert: true });
    return 'stay';
  }
  const form = await formOf(now, parts, service.id);
  if (form.kind !== 'form') return { known, notice: noFormNotice(now, form) };
  const isSame = known.serviceId === service.id;
  const account = isSame ? known.account : {};
  const field = askedField(nextField(form.fields, account, 0));
  return {
    known: {
      ...known,
      isChoosing: false,
      serviceId: service.id,
      account,
      field,
      whose: isSame ? known.whose : null,
      isTheirs: false,
      sumTiyin: null,
      source: null,
      picksSource: false,
      offer: null,
    },
  };
}
