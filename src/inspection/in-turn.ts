import type { Inspection, Saying } from './inspection.ts';

const MOST_OVERTAKEN = 20;

/** Says something of a part, unless something was said of it later: that stays, and what came late is kept beside it. */
export function saidInTurn(
  inspection: Inspection,
  { of, at, typed }: Saying,
  say: (inspection: Inspection) => Inspection | undefined,
): Inspection {
  const said = say(inspection) ?? inspection;
  const isLate = (inspection.saidAt?.[of] ?? at) > at;
  if (!isLate) return said === inspection ? said : { ...said, saidAt: { ...inspection.saidAt, [of]: at } };
  if (findings(said) === findings(inspection)) return inspection;
  const overtaken = [...(inspection.overtaken ?? []), { of, typed, at }].slice(-MOST_OVERTAKEN);
  return { ...inspection, overtaken, notes: [...inspection.notes, { code: 'saidLater' }] };
}

/** Everything that was found, in one order. */
function findings({ store, spots, cannot, onlyAlipay, tool, payments }: Inspection): string {
  const bySpot = [...spots].sort((one, other) => one.spotRef.localeCompare(other.spotRef));
  const byWay = payments.map(({ mode, tool: paid, ...rest }) => [mode, paid, rest]).sort();
  return JSON.stringify({ store, spots: bySpot, cannot, onlyAlipay, tool, payments: byWay });
}
