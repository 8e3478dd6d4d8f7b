/** The tabs that choose whose phone is shown. */
import { byId, el, setText } from './dom.js';

const LANGUAGES = { uz: "O'zbekcha", ru: 'Русский', en: 'English' };

/** Draws the tabs. `choose` gets the id of the person whose tab was pressed. */
export function drawTabs(persons, choose) {
  const tabs = persons.map((person) =>
    el(
      'button',
      {
        type: 'button',
        role: 'tab',
        id: `person-${person.id}`,
        class: 'person',
        'aria-controls': 'conversation',
        onclick: () => choose(person.id),
        onkeydown: (event) => step(event, { persons, from: person.id, choose }),
      },
      el('span', { class: 'name' }, person.name),
      el('span', { class: 'language' }, LANGUAGES[person.language] ?? person.language),
      el('span', { class: 'count', hidden: true }),
    ),
  );
  byId('persons').replaceChildren(...tabs);
}

/** Arrow keys walk along the tabs. */
function step(event, { persons, from, choose }) {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (by === undefined) return;
  event.preventDefault();
  const at = persons.findIndex((person) => person.id === from);
  const next = persons.at((at + by) % persons.length);
  choose(next.id);
  byId(`person-${next.id}`).focus();
}

/** Marks the chosen tab and shows how many messages the others have not seen. */
export function markTabs({ persons, selected, unread }) {
  for (const { id } of persons) {
    const tab = byId(`person-${id}`);
    const isSelected = id === selected;
    tab.setAttribute('aria-selected', String(isSelected));
    tab.tabIndex = isSelected ? 0 : -1;
    const badge = tab.querySelector('.count');
    const count = unread.get(id) ?? 0;
    badge.hidden = count === 0;
    setText(badge, count === 0 ? '' : String(count));
    badge.setAttribute('aria-label', `${count} new`);
  }
  byId('conversation').setAttribute('aria-labelledby', `person-${selected}`);
}
