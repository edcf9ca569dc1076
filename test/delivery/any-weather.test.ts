import { derivedId } from '@field/kit/ids';
import fc from 'fast-check';
import mongoose from 'mongoose';
import { beforeEach, describe, expect, it } from 'vitest';
import { forgetEverything } from '../../models/database.ts';
import { servers } from '../../packages/embedded-store/test/stores.ts';
import { useModels } from '../models/store.ts';
import { aFlakyDelivery, type Weather } from './flaky-dingtalk.ts';

const MINUTE = 60_000;
const STEPS_AT_REST = 40;

type Step =
  | { readonly kind: 'weather'; readonly weather: Weather }
  | { readonly kind: 'later'; readonly ms: number }
  | { readonly kind: 'writes' | 'told' | 'results'; readonly who: string };

const who = fc.constantFrom('nok', 'lek', 'dao');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('writes' as const), who }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('told' as const), who }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('results' as const), who }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('weather' as const),
      weather: fc.constantFrom<Weather>('well', 'away', 'answerLost', 'halfDone', 'busy', 'usedUp'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('later' as const), ms: fc.integer({ min: 100, max: 7_200_000 }) }),
  },
);

describe.each(servers())('whatever DingTalk does, on the $name server, by two processes', ({ uri }) => {
  useModels(uri);
  beforeEach(forgetEverything);

  it('every card that is wanted arrives, nothing that was overtaken comes late, and nothing is dead', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 20 }), async (steps) => {
        const at = aFlakyDelivery(2);
        const told: string[] = [];
        const results: string[] = [];
        let seen = 0;
        try {
          for (const one of steps) {
            if (one.kind === 'weather') at.dingTalk.weather = one.weather;
            else if (one.kind === 'later') await at.later(one.ms);
            else if (one.kind === 'writes') await at.writes(one.who);
            else if (one.kind === 'told') told.push(await at.tells(one.who, 'promotion.submitted'));
            else results.push(await at.tells(one.who, 'review.day'));
            for (const { outTrackId } of at.dingTalk.arrived.slice(seen)) {
              if (outTrackId.startsWith('working-')) expect([...at.working.values()]).toContain(outTrackId);
            }
            seen = at.dingTalk.arrived.length;
          }
          at.dingTalk.weather = 'well';
          for (let rounds = 0; rounds < STEPS_AT_REST && (await at.left()).length > 0; rounds += 1) {
            await at.later(30 * MINUTE);
          }
          expect(await at.left()).toEqual([]);

          const { cards } = at.dingTalk;
          const arrived = at.dingTalk.arrived.map(({ outTrackId }) => outTrackId);
          for (const intent of told) expect(arrived).toContain(derivedId('record', intent));
          const newest = new Map(results.map((intent) => [intent.split('-')[1], intent]));
          for (const intent of newest.values()) expect(arrived).toContain(derivedId('record', intent));
          for (const [userId, ever] of at.all) {
            const made = ever.filter((outTrackId) => cards.has(outTrackId));
            expect(arrived).toContain(at.working.get(userId));
            expect(made.at(-1)).toBe(at.working.get(userId));
            for (const outTrackId of made.slice(0, -1)) expect(cards.get(outTrackId)?.params.title).toBe('folded');
            const inChat = arrived.filter((name) => ever.includes(name));
            expect(inChat).toEqual(made.filter((outTrackId) => inChat.includes(outTrackId)));
          }
          const rows = mongoose.connection.collection<{ _id: string; state: string }>('outbox');
          expect(await rows.countDocuments({ state: { $nin: ['SENT', 'DROPPED'] } })).toBe(0);
        } finally {
          await at.close();
        }
      }),
      { numRuns: 6, endOnFailure: true },
    );
  });
});
