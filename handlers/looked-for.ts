import { changePerson, type Person } from '../models/people.ts';
import type { TapContext } from '../src/bot/context.ts';

/** Whom somebody looks for to give work to, by a part of the name, and what they had ticked. */
export interface LookedFor {
  readonly find: string;
  readonly ticked: readonly string[];
}

/** What somebody looked for last, while that card is before them. */
export function lookedFor({ typed }: Person): LookedFor | undefined {
  const { whom, what } = typed?.values ?? {};
  return whom === undefined || what === undefined
    ? undefined
    : { find: whom, ticked: JSON.parse(what) as readonly string[] };
}

/** Kept sealed, as it is about people; what was typed elsewhere stays. Undefined: it is done with. */
export async function rememberLookedFor(ctx: TapContext, looked: LookedFor | undefined): Promise<void> {
  const { whom, what, ...others } = ctx.person.typed?.values ?? {};
  if (looked === undefined && whom === undefined && what === undefined) return;
  const values = looked === undefined ? others : { ...others, whom: looked.find, what: JSON.stringify(looked.ticked) };
  const typed = Object.keys(values).length === 0 ? null : { values, problems: [] };
  ctx.person = await changePerson(ctx.person.userId, { typed }, ctx.tx);
}
