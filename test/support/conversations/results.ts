import type { Product } from '../../../src/domain/flows/definition.ts';
import { outgoingLines } from '../world/outgoing-lines.ts';
import type { ReviewDecision } from '../world/sandbox-api.ts';
import type { World } from '../world/world.ts';

type Failure = Partial<Omit<ReviewDecision, 'submissionKey'>>;

/** The key of what was handed over last of one kind: of the spot with this number (from 1), of this product, or of all. */
export function handedOverKey(
  world: Pick<World, 'dataDir'>,
  itemType: string,
  number?: number,
  product?: Product,
): string {
  const lines = outgoingLines(world).filter(
    (line) =>
      line.itemType === itemType &&
      (number === undefined || line.values?.number === number) &&
      (product === undefined || line.product === product),
  );
  const key = lines.at(-1)?.submissionKey;
  if (key === undefined) throw new Error(`nothing of ${itemType} ${number ?? ''} was handed over`);
  return key;
}

/** A night in which one thing that was handed over fails; the rest as the reviewer's rule says. */
export async function nextDayFails(
  world: World,
  submissionKey: string,
  reasonCodes: readonly string[],
  more: Failure = {},
): Promise<void> {
  await world.nextDay([{ submissionKey, decision: 'REJECTED', reasonCodes, ...more }]);
}
