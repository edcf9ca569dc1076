import { z } from 'zod';
import { pushTap, type TapResult, tapFrame } from '../push/taps.ts';
import { ControlError, notFound, shaped } from './control-error.ts';
import type { SandboxExtension } from './extension.ts';
import type { ControlParts } from './parts.ts';

const actionSchema = z.object({
  userId: z.string(),
  actionId: z.string().min(1),
  params: z.record(z.string(), z.unknown()).default({}),
  /** How often the one tap is pushed in all; `true` is twice. */
  repeat: z.union([z.boolean(), z.int().min(1).max(50)]).default(1),
  /** The repeats do not wait for each other's answer. */
  atOnce: z.boolean().default(false),
});

/**
 * A tap on a card by anyone in the organisation. Repeats are the same frame, as DingTalk may deliver one twice (contract
 * 2.2); the answer is the first push's, with all of them in `repeats`.
 */
export async function tapCard(
  { world, courier }: Pick<ControlParts, 'world' | 'courier'>,
  outTrackId: string,
  body: unknown,
  afterTap: SandboxExtension['afterTap'],
): Promise<TapResult & { repeats?: readonly TapResult[] | undefined }> {
  const { repeat, atOnce, ...action } = shaped(actionSchema, body);
  const card = world.cards.find(outTrackId);
  if (card === undefined) throw notFound(`card ${outTrackId}`);
  const person = world.people.find(action.userId);
  if (person === undefined) throw notFound(`person ${action.userId}`);
  if (person.state !== 'joined') throw new ControlError(403, 'notJoined', `${person.name} is outside the organisation`);
  const tap = { outTrackId, ...action };
  const frame = tapFrame(world, card, tap);
  const times = typeof repeat === 'number' ? repeat : repeat ? 2 : 1;
  return world.activity.during(`a tap of ${person.userId}`, async () => {
    const once = (index: number): Promise<TapResult> => pushTap(world, courier, card, tap, frame, index > 0);
    const results: TapResult[] = [];
    const indexes = Array.from({ length: times }, (_, index) => index);
    if (atOnce) results.push(...(await Promise.all(indexes.map(once))));
    else for (const index of indexes) results.push(await once(index));
    const [first] = results;
    if (results.some(({ applied }) => applied)) afterTap?.(tap);
    if (first === undefined) throw new ControlError(400, 'badRequest', 'repeat');
    return times === 1 ? first : { ...first, repeats: results };
  });
}
