import { z } from 'zod';
import type { ParamMap, SandboxCard } from '../store/cards.ts';
import type { DynamicSource } from '../store/dynamic-data.ts';
import { CORP_ID } from '../world/seed.ts';
import type { World } from '../world/world.ts';
import { answerInTime } from './answer-in-time.ts';
import type { Courier } from './courier.ts';
import { DYNAMIC_DATA_TOPIC, type Frame, newFrame } from './frames.ts';

export interface PullResult {
  readonly applied: boolean;
  /** `notDue`: there is nothing to ask; the others as of a tap. */
  readonly reason?: 'notDue' | 'late' | 'noConnection' | 'notSubscribed' | 'malformed' | 'failed' | undefined;
}

const answerSchema = z.object({
  response: z.object({
    dataSourceQueryResponses: z.array(
      z.object({ data: z.string(), dynamicDataSourceId: z.string(), dynamicDataValueType: z.string().optional() }),
    ),
  }),
});
const valuesSchema = z.record(z.string(), z.unknown());

/**
 * A viewer's client draws a card and asks its sources for data (DingTalk: dynamic data source): a question over the Stream, two
 * seconds for the answer, whose objects stand over the card's data for this viewer. A source of ONCE that answered is not asked again.
 */
export async function pullDynamicData(
  world: World,
  courier: Courier,
  card: SandboxCard,
  userId: string,
): Promise<PullResult> {
  const hasSome = world.dynamicData.got(card.outTrackId, userId) !== undefined;
  const due = world.dynamicData.sources(card.outTrackId).filter(({ strategy }) => strategy !== 'ONCE' || !hasSome);
  if (due.length === 0) return { applied: false, reason: 'notDue' };
  const sent = courier.put('dynamicData', card.clientId, userId, question(world, card, userId, due));
  if (typeof sent.routed === 'string') return { applied: false, reason: sent.routed };
  world.counters.push('dynamicData', userId);
  const ack = await answerInTime(sent);
  if (ack === undefined) return { applied: false, reason: 'late' };
  if (ack.code === 404) return { applied: false, reason: 'notSubscribed' };
  if (ack.code !== 200) return { applied: false, reason: 'failed' };
  const values = valuesOf(ack.data, due);
  if (values === undefined) return { applied: false, reason: 'malformed' };
  world.db.transaction(() => {
    world.dynamicData.keep(card.outTrackId, userId, values);
    world.chat.cardChanged(card.outTrackId);
  });
  return { applied: true };
}

function question(world: World, card: SandboxCard, userId: string, due: readonly DynamicSource[]): Frame {
  const asked = due.map(({ id, constParams }) => ({ dynamicDataSourceId: id, constParams }));
  const data = {
    type: 'dynamicDataCallback',
    corpId: CORP_ID,
    userId: card.userIdType === 2 ? world.people.find(userId)?.unionId : userId,
    userIdType: card.userIdType,
    outTrackId: card.outTrackId,
    content: JSON.stringify({ dynamicDataSourceQueryRequests: asked }),
  };
  return newFrame('CALLBACK', { topic: DYNAMIC_DATA_TOPIC }, JSON.stringify(data), world.clock.now());
}

/** The objects of the sources that were asked, as a card's data travels; undefined when the answer is none. */
function valuesOf(text: string, due: readonly DynamicSource[]): ParamMap | undefined {
  const answer = answerSchema.safeParse(json(text));
  if (!answer.success) return undefined;
  const values: Record<string, string> = {};
  for (const { data, dynamicDataSourceId } of answer.data.response.dataSourceQueryResponses) {
    const object = valuesSchema.safeParse(json(data));
    if (!object.success || !due.some(({ id }) => id === dynamicDataSourceId)) return undefined;
    for (const [name, value] of Object.entries(object.data)) {
      values[name] = typeof value === 'string' ? value : JSON.stringify(value);
    }
  }
  return values;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
