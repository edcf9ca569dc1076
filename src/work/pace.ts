/** Between two people; and between two things for the same person. */
const PACE = { peopleMs: 15_000, oneMs: 60 * 60_000 } as const;

/** Something that waits, and whom it is for; undefined where it is for nobody's chat. */
interface Waiting {
  readonly whose: string | undefined;
}

/**
 * When each of what has waited goes out, from `now` on: to everybody the first that is theirs, one person after another, and what else
 * there is for them an hour later each. For a month's quota that has just begun: it must not go into what was left over.
 */
export function pacedFrom<One extends Waiting>(
  now: number,
  waiting: readonly One[],
): readonly (One & { readonly at: number })[] {
  const people = new Map<string, { readonly place: number; count: number }>();
  return waiting.map((one, index) => {
    const name = one.whose ?? `#${index}`;
    const person = people.get(name) ?? { place: people.size, count: 0 };
    const at = now + person.place * PACE.peopleMs + person.count * PACE.oneMs;
    people.set(name, { ...person, count: person.count + 1 });
    return { ...one, at };
  });
}
