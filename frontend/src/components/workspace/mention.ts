import type { Schema } from '@/lib/api/client';

export type Person = Schema<'MentionView'>;

/** What is being written after an `@`, and where that stands. */
export interface Asked {
  from: number;
  query: string;
}

const MOST_SHOWN = 8;
/** A name has a few words at most: what comes after them is text again. */
const ASKED = /(?:^|[\s(])@((?:[^\s@]+ ){0,3}[^\s@]*)$/u;

/** The name that is being written where the caret stands; nothing when none is. */
export function askedAt(text: string, caret: number): Asked | undefined {
  const query = ASKED.exec(text.slice(0, caret))?.[1];
  return query === undefined ? undefined : { from: caret - query.length - 1, query };
}

const plain = (text: string) => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase();

/** Who fits, best first: the name, or a word of it, begins so. */
export function fitting(people: readonly Person[], query: string): readonly Person[] {
  const wanted = plain(query);
  const begins = people.filter(({ name }) => plain(name).startsWith(wanted));
  const within = people.filter((one) => !begins.includes(one) && plain(one.name).includes(` ${wanted}`));
  return [...begins, ...within].slice(0, MOST_SHOWN);
}

/** The text with the name written out, and where the caret stands then. */
export function completed(text: string, { from, query }: Asked, { name }: Person) {
  const written = `@${name} `;
  const after = text.slice(from + query.length + 1).replace(/^ /, '');
  return { text: text.slice(0, from) + written + after, caret: from + written.length };
}

/** A text in parts: those that are somebody's name have the person. */
export function partsOf(text: string, people: readonly Person[]): { text: string; person?: Person }[] {
  // The longer name first: "@Ana Maria" is not "@Ana".
  const byLength = people.toSorted((a, b) => b.name.length - a.name.length);
  const parts: { text: string; person?: Person }[] = [];
  let rest = text;
  let before = '';
  while (rest !== '') {
    const person = byLength.find(({ name }) => rest.startsWith(`@${name}`));
    const length = person ? person.name.length + 1 : 1;
    if (person) {
      if (before !== '') parts.push({ text: before });
      before = '';
      parts.push({ text: rest.slice(0, length), person });
    } else before += rest.slice(0, length);
    rest = rest.slice(length);
  }
  if (before !== '') parts.push({ text: before });
  return parts;
}

/** Whom a text calls by name, each once. */
export const mentionedIn = (text: string, people: readonly Person[]) => [
  ...new Set(partsOf(text, people).flatMap(({ person }) => (person ? [person.user_id] : []))),
];
