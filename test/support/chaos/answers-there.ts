import type { HandedOverLine } from '../world/outgoing-lines.ts';
import type { StoredRows } from '../world/stored-rows.ts';
import type { Answered, Ledger } from './ledger.ts';
import { linesAbout } from './lines-about.ts';

/**
 * Of what was submitted: each field says what the person answered last, as far as the phone showed it as taken. What equals what the
 * form had drawn is no answer, though somebody may have gone back to it: their tap and that of a phone on which the field was never
 * touched say the same (`test/handlers/late-answers.test.ts`).
 */
export function answersMissing(rows: StoredRows, lines: readonly HandedOverLine[], ledger: Ledger): string[] {
  const handedOver = new Set(lines.flatMap((line) => valuesOf(line).flatMap((values) => Object.keys(values))));
  const missing = [];
  for (const [about, answers] of grouped(ledger.answers, ({ about }) => about)) {
    const said = linesAbout(about, rows, lines).flatMap(valuesOf);
    if (said.length === 0) continue;
    const askings = grouped(answers, ({ asking }) => asking);
    for (const [, asked] of askings) {
      const last = asked.findLastIndex(({ acknowledged, asDrawn }) => acknowledged && !asDrawn);
      const field = asked[last]?.field ?? '';
      if (last < 0 || !handedOver.has(field)) continue;
      // a spot that was taken out again went with its answers
      const forms = [...askings.values()].filter(([one]) => one?.field === field).length;
      if (forms > said.filter((values) => field in values).length) continue;
      // of what was tapped later only what nobody said was taken may have come or not
      const later = asked.slice(last + 1).filter(({ acknowledged, asDrawn }) => !acknowledged && !asDrawn);
      const possible = [...asked.slice(last, last + 1), ...later].map(({ value }) => value);
      if (!said.some((values) => possible.some((value) => isSame(values[field], value))))
        missing.push(`lost: ${about}, ${asked[last]?.title}, ${field}: ${JSON.stringify(asked.map(heard))}`);
    }
  }
  return missing;
}

type Values = Readonly<Record<string, unknown>>;

function valuesOf(line: HandedOverLine & { readonly merchant?: Values }): Values[] {
  const { values, merchant = {}, spots = [], payments = [] } = line;
  return [values, merchant, ...spots.map((spot) => spot.values), ...payments];
}

/** For whoever looks for the cause: what was tapped, and what became of it in sight. */
function heard({ value, asDrawn, acknowledged }: Answered): string {
  return `${value}${asDrawn ? ', as drawn' : ''}${acknowledged ? '' : ', not taken'}`;
}

/** A box that was not ticked need not be said; numbers are written in more than one way. */
function isSame(there: unknown, answered: Answered['value']): boolean {
  if (there === undefined) return answered === false;
  const flat = (value: unknown): string => [value].flat().map(String).join();
  return flat(there) === flat(answered);
}

function grouped<T>(all: readonly T[], key: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(key(one), [...(groups.get(key(one)) ?? []), one]);
  return groups;
}
