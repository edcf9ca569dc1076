import { setTimeout as after } from 'node:timers/promises';
import { z } from 'zod';
import { type ParamMap, patched, type SandboxCard } from '../store/cards.ts';
import { countPictures } from '../world/count-pictures.ts';
import { noteOddValues } from '../world/odd-values.ts';
import { CORP_ID } from '../world/seed.ts';
import type { World } from '../world/world.ts';
import { answerInTime } from './answer-in-time.ts';
import type { Courier } from './courier.ts';
import { type Ack, CARD_TOPIC, type Frame, newFrame } from './frames.ts';

export interface Tap {
  readonly outTrackId: string;
  readonly userId: string;
  readonly actionId: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export interface TapResult {
  readonly applied: boolean;
  /** `malformed`: the answer is not one; `failed`: the app answered with an error code. */
  readonly reason?: 'late' | 'noConnection' | 'notSubscribed' | 'malformed' | 'failed' | undefined;
  readonly latencyMs: number;
  readonly response: unknown;
}

const mapSchema = z.object({ cardParamMap: z.record(z.string(), z.string()) });
const answerSchema = z.object({
  response: z
    .object({
      cardUpdateOptions: z
        .object({ updateCardDataByKey: z.boolean().optional(), updatePrivateDataByKey: z.boolean().optional() })
        .optional(),
      cardData: mapSchema.optional(),
      userPrivateData: mapSchema.optional(),
    })
    .nullish(),
});

/** The callback frame of a tap (dingtalk 2.2). The same frame may be pushed more than once. */
export function tapFrame(world: World, card: SandboxCard, tap: Tap): Frame {
  const content = JSON.stringify({ cardPrivateData: { actionIds: [tap.actionId], params: tap.params } });
  const [space] = card.deliveries;
  const person = world.people.find(tap.userId);
  const data = {
    type: 'actionCallback',
    outTrackId: tap.outTrackId,
    corpId: CORP_ID,
    userId: card.userIdType === 2 ? person?.unionId : tap.userId,
    userIdType: card.userIdType,
    spaceType: space?.spaceType ?? 'IM_ROBOT',
    spaceId: space?.spaceId ?? tap.userId,
    extension: '{}',
    content,
    value: content,
  };
  return newFrame('CALLBACK', { topic: CARD_TOPIC }, JSON.stringify(data), world.clock.now());
}

/** Pushes a tap once and applies what the app answers within two seconds. */
export async function pushTap(
  world: World,
  courier: Courier,
  card: SandboxCard,
  tap: Tap,
  frame: Frame,
  again: boolean,
): Promise<TapResult> {
  if (!card.stream) return { applied: false, reason: 'notSubscribed', latencyMs: 0, response: null };
  const delay = world.faults.take('delayPush', { on: 'tap', userId: tap.userId });
  if (delay !== undefined) await after(delay.delayMs ?? 0);
  const start = performance.now();
  const sent = courier.put('tap', card.clientId, tap.userId, frame);
  if (typeof sent.routed === 'string') {
    return { applied: false, reason: sent.routed, latencyMs: 0, response: null };
  }
  world.counters.push(again ? 'redelivered' : 'taps', tap.userId);
  const ack = await answerInTime(sent);
  const latencyMs = Math.round(performance.now() - start);
  return { ...settle(world, tap, ack), latencyMs };
}

function settle(world: World, tap: Tap, ack: Ack | undefined): Omit<TapResult, 'latencyMs'> {
  if (ack === undefined) return { applied: false, reason: 'late', response: null };
  const raw = json(ack.data);
  const response = (raw as { response?: unknown } | null)?.response ?? null;
  if (ack.code === 404) return { applied: false, reason: 'notSubscribed', response };
  if (ack.code !== 200) return { applied: false, reason: 'failed', response };
  const answer = answerSchema.safeParse(raw);
  if (!answer.success) {
    world.log.warn({ outTrackId: tap.outTrackId, problem: z.prettifyError(answer.error) }, 'tap.answer.malformed');
    return { applied: false, reason: 'malformed', response };
  }
  apply(world, tap, answer.data.response ?? {});
  return { applied: true, response };
}

function apply(world: World, tap: Tap, response: NonNullable<z.infer<typeof answerSchema>['response']>): void {
  const { cardData, userPrivateData, cardUpdateOptions: by } = response;
  if (cardData === undefined && userPrivateData === undefined) return;
  world.db.transaction(() => {
    const card = world.cards.find(tap.outTrackId);
    if (card === undefined) return;
    const mine: Record<string, ParamMap> | undefined = userPrivateData && {
      [tap.userId]: userPrivateData.cardParamMap,
    };
    const next = patched(card, {
      publicData: cardData?.cardParamMap,
      privateData: mine,
      publicByKey: by?.updateCardDataByKey === true,
      privateByKey: by?.updatePrivateDataByKey === true,
    });
    world.cards.save(next);
    for (const values of [cardData, userPrivateData]) noteOddValues(world, card.templateId, values?.cardParamMap ?? {});
    countPictures(world, next);
    world.chat.cardChanged(tap.outTrackId);
  });
}

function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
