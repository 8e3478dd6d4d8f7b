/** What events of the sandbox itself change in the store. */
import { chatOf } from './hear-telegram.js';
import { store } from './store.js';

/** More of a list is not kept. */
const MAX_KEPT = 100;

export function hearState({ persons, chats, world, program, books }) {
  store.change((state) => {
    state.persons = persons;
    state.chats = new Map(persons.map(({ id }) => [id, chatOf(chats[id])]));
    if (!state.chats.has(state.selected)) state.selected = firstPerson(persons).id;
    state.world = world;
    setProgram(state, program);
    state.books = mergedBooks({}, books);
  });
}

/** Somebody who speaks as the browser does, else who speaks English: the page is in English. */
function firstPerson(persons) {
  const people = persons.filter(({ isOwner }) => !isOwner);
  const speaks = (wanted) => people.find(({ language }) => wanted.startsWith(language));
  return speaks(navigator.language) ?? speaks('en') ?? persons[0];
}

export function hearPersons(persons) {
  store.change((state) => {
    state.persons = persons;
  });
}

export function hearWorld(world) {
  store.change((state) => {
    state.world = world;
    state.clock = { ...state.clock, now: world.now, at: performance.now() };
  });
}

export function hearProgram(program) {
  store.change((state) => setProgram(state, program));
}

function setProgram(state, program) {
  state.program = program;
  state.clock = { now: program.time.now, at: performance.now(), rate: program.time.rate };
}

export function hearBooks(change) {
  store.change((state) => {
    state.books = mergedBooks(state.books ?? {}, change);
  });
}

/** Lists by `id`: what is new comes last, what changed takes its place. */
function mergedBooks(books, change) {
  const merged = { ...books };
  for (const [name, value] of Object.entries(change)) {
    merged[name] = Array.isArray(value) ? mergedList(books[name] ?? [], value) : value;
  }
  return merged;
}

function mergedList(known, changed) {
  const byId = new Map(known.map((each) => [each.id, each]));
  for (const each of changed) byId.set(each.id, each);
  return [...byId.values()].slice(-MAX_KEPT);
}
