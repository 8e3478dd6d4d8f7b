/** Giving names to what people are shown: kept, and written down with who gave them, or neither. */
import type { Language } from '../../../core/language.ts';
import type { NamedKind } from '../../../names/names.ts';
import { writeAuditLog } from '../../../staff/audit-log.ts';
import type { BotContext, Parts } from '../../kit/context.ts';

export interface NamedThing {
  kind: NamedKind;
  key: string;
}

export interface NameIn {
  language: Language;
  /** Null: takes the owner's name back. */
  name: string | null;
}

/** As the audit log calls it. */
export const namedSubject = ({ kind, key }: NamedThing): string => `${kind}:${key}`;

/** Typed on one line, however it was typed. */
export const typedName = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** Nothing is written where all of it is so already, as when a message is handled again. */
export async function giveNames(
  { person }: Pick<BotContext, 'person'>,
  { db, clock, names }: Parts,
  { thing, given }: { thing: NamedThing; given: readonly NameIn[] },
): Promise<void> {
  const { kind, key } = thing;
  const other = given.filter(
    ({ language, name }) => (names.get(kind, key, language) ?? null) !== name,
  );
  if (other.length === 0) return;
  const at = clock.now();
  await db.tx(async (tx) => {
    for (const { language, name } of other) {
      await names.give(tx, { kind, key, language }, { name, at });
    }
    const note = other.map(({ language, name }) => `${language}: ${name ?? '—'}`).join(', ');
    const entry = { staffId: person.id, action: 'name', subject: namedSubject(thing), note, at };
    await writeAuditLog(tx, entry);
  });
  await names.refresh();
}
