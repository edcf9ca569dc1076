import { describe, expect, it } from 'vitest';
import { type AnswerInFlight, beginAnswer } from '../../models/card-answers.ts';
import {
  abandonPut,
  claimStaleCard,
  dueCards,
  finishPut,
  type PutInFlight,
  postponePut,
  staleCards,
} from '../../models/card-puts.ts';
import { addCard, cardWasDelivered, findCard, touchAll, touchCards, wantCard } from '../../models/cards.ts';
import { inTransaction, type Transaction } from '../../models/transaction.ts';
import { servers } from '../../packages/embedded-store/test/stores.ts';
import type { Subject } from '../../src/platform/subject.ts';
import { finishAnswer } from '../support/finish-answer.ts';
import { insist, useModels } from './store.ts';

/** A tap's answer that begins on a card as it is. */
async function answerOn(card: string, tap: { id: string; at: number }, tx?: Transaction): Promise<AnswerInFlight> {
  return (await beginAnswer(card, { ...tap, until: tap.at + QUIET_MS }, undefined, tx)).answer;
}

const CROWD = 50;
const QUIET_MS = 3_000;
const NOW = 1_800_000_000_000;
/** Long after every quiet time, lease and answer of what was done at `NOW`. */
const LATER = NOW + 60_000;
const subject = { kind: 'draft', id: 'd1' } as const;
const REFUSED = { error: 'dingtalk.refused', at: NOW };

const at = (version: number, hash = `v${version}`) => ({ version, hash });
const together = <T>(work: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: CROWD }, (_, index) => work(index)));

describe.each(servers())('cards on the $name server', ({ uri }) => {
  useModels(uri);
  let made = 0;

  /** A card that DingTalk has, showing version 1, with nothing to do. */
  async function deliveredCard(about: Subject = { kind: 'draft', id: `own-${made}` }): Promise<string> {
    made += 1;
    const outTrackId = `card-${made}`;
    await inTransaction((tx) =>
      addCard(
        { outTrackId, kind: 'working', view: 'menu', subject: about, viewer: `nok-${made}`, line: undefined, at: 0 },
        tx,
      ),
    );
    await inTransaction((tx) => cardWasDelivered(outTrackId, at(1), false, tx));
    return outTrackId;
  }
  const want = (outTrackId: string) => insist((tx) => wantCard(outTrackId, { view: 'help' }, tx));
  /** The PUT of the one card that is to be redrawn, found as delivery finds it. */
  async function put(machine: number): Promise<PutInFlight> {
    const [before] = (await dueCards(machine)).puts;
    const claimed = before && (await claimStaleCard(`w${machine}`, machine, before));
    if (claimed === undefined) throw new Error('no card to redraw');
    return claimed;
  }
  const nothingLeft = async () => expect(await staleCards()).toBe(0);

  it('shows what it should once it is delivered, and is left alone', async () => {
    const card = await deliveredCard();
    expect(await findCard(card)).toMatchObject({ shown: at(1), wanted: 1, delivered: true });
    expect(await claimStaleCard('w', LATER)).toBeUndefined();
  });

  it('is not redrawn before it is delivered, and is when it changed on its way', async () => {
    await inTransaction((tx) =>
      addCard(
        { outTrackId: 'slow', kind: 'working', view: 'menu', subject, viewer: 'lek', line: undefined, at: 0 },
        tx,
      ),
    );
    await want('slow');
    expect(await claimStaleCard('w', LATER)).toBeUndefined();
    await inTransaction((tx) => cardWasDelivered('slow', at(1), false, tx));
    const claimed = await put(LATER);
    expect(claimed.card).toMatchObject({ outTrackId: 'slow', wanted: 2 });
    await finishPut(claimed, at(2), false);
    await nothingLeft();
  });

  it('counts every one of fifty wishes, and one PUT fulfils them all', async () => {
    const card = await deliveredCard();
    await together(() => want(card));
    const claimed = await put(LATER);
    expect(claimed.card.wanted).toBe(1 + CROWD);
    await finishPut(claimed, at(claimed.card.wanted), false);
    expect(await findCard(card)).toMatchObject({ shown: at(1 + CROWD) });
    await nothingLeft();
  });

  it('is claimed by one of fifty workers', async () => {
    const card = await deliveredCard();
    await want(card);
    const claims = await together((index) => claimStaleCard(`w${index}`, LATER));
    const won = claims.filter((claim) => claim !== undefined);
    expect(won).toHaveLength(1);
    if (won[0]) await finishPut(won[0], at(2), false);
    await nothingLeft();
  });

  it('is redrawn again when it changed while its PUT was under way', async () => {
    const card = await deliveredCard();
    await want(card);
    const first = await put(LATER);
    await want(card);
    await finishPut(first, at(2), false);
    expect(await findCard(card)).toMatchObject({ shown: at(2), wanted: 3 });
    await finishPut(await put(LATER), at(3), false);
    await nothingLeft();
  });

  it('is known by its answer alone when that left in time and nothing crossed it', async () => {
    const card = await deliveredCard();
    const answer = await insist(async (tx) => {
      await wantCard(card, { view: 'help' }, tx);
      return await answerOn(card, { id: 't1', at: NOW }, tx);
    });
    expect(await finishAnswer(answer, at(2), true)).toEqual({ needsPut: false });
    expect(await findCard(card)).toMatchObject({ shown: at(2), formOpen: true });
    await nothingLeft();
  });

  it('is repaired after the quiet time when the answer was lost, and not before', async () => {
    const card = await deliveredCard();
    const answer = await answerOn(card, { id: 't1', at: NOW });
    expect(await finishAnswer(answer, undefined, false)).toEqual({ needsPut: true });
    expect(await claimStaleCard('w', NOW + QUIET_MS - 1)).toBeUndefined();
    const repair = await put(NOW + QUIET_MS);
    expect(repair.card.shown).toBeUndefined();
    await finishPut(repair, at(1), false);
    await nothingLeft();
  });

  it('is repaired when whoever answered died before it knew what became of the answer', async () => {
    const card = await deliveredCard();
    await answerOn(card, { id: 'died', at: NOW });
    const repair = await put(NOW + QUIET_MS);
    expect(repair.crossed).toBe(false);
    await finishPut(repair, at(1), false);
    await nothingLeft();
    const next = await answerOn(card, { id: 'next', at: NOW + QUIET_MS + 1 });
    expect(next.crossed).toBe(false);
    await finishAnswer(next, at(1), false);
    await nothingLeft();
  });

  it.each([
    ['in the order they came', [0, 1]],
    ['in the other order', [1, 0]],
  ])('trusts neither of two answers that crossed, finished %s', async (_, order) => {
    const card = await deliveredCard();
    const answers = [await answerOn(card, { id: 'a', at: NOW }), await answerOn(card, { id: 'b', at: NOW + 100 })];
    for (const index of order) {
      const answer = answers[index];
      if (answer) await finishAnswer(answer, at(1), false);
    }
    expect((await findCard(card))?.shown).toBeUndefined();
    expect(await claimStaleCard('w', NOW + 100 + QUIET_MS - 1)).toBeUndefined();
    await finishPut(await put(NOW + 100 + QUIET_MS), at(1), false);
    expect(await findCard(card)).toMatchObject({ shown: at(1) });
    await nothingLeft();
  });

  it('ends fifty crossing answers with one PUT', async () => {
    const card = await deliveredCard();
    await together(async (index) => {
      const answer = await insist((tx) => answerOn(card, { id: `t${index}`, at: NOW + index }, tx));
      await finishAnswer(answer, at(1), false);
    });
    const claims = [await claimStaleCard('w1', LATER), await claimStaleCard('w2', LATER)];
    expect(claims[1]).toBeUndefined();
    if (claims[0]) await finishPut(claims[0], at(1), false);
    await nothingLeft();
  });

  it('trusts neither an answer nor the PUT that it met', async () => {
    const card = await deliveredCard();
    await want(card);
    const slow = await put(NOW);
    const answer = await answerOn(card, { id: 't', at: NOW + 10 });
    expect(answer.crossed).toBe(true);
    await finishAnswer(answer, at(2), false);
    await finishPut(slow, at(2), false);
    expect((await findCard(card))?.shown).toBeUndefined();
    await finishPut(await put(LATER), at(2), false);
    await nothingLeft();
  });

  it('is drawn once more when a worker let its lease run out, whose PUT may arrive last', async () => {
    const card = await deliveredCard();
    await want(card);
    const lost = await put(NOW);
    const taken = await put(NOW + 30_000);
    await finishPut(taken, at(2), false);
    await finishPut(lost, at(1, 'older'), false);
    expect((await findCard(card))?.shown).toBeUndefined();
    await finishPut(await put(NOW + 30_001), at(2), false);
    expect(await findCard(card)).toMatchObject({ shown: at(2) });
    await nothingLeft();
  });

  it.each([
    ['was answered', (late: PutInFlight) => finishPut(late, at(1, 'old'), false)],
    [
      'failed',
      (late: PutInFlight) => postponePut(late, { machine: NOW, retryAt: LATER, waitsFor: 'itself', counts: false }),
    ],
  ])('is drawn once more when a PUT %s that was on its way for longer than others took', async (_, ends) => {
    const card = await deliveredCard();
    await want(card);
    const late = await put(NOW);
    await finishPut(await put(LATER), at(2), false);
    await finishPut(await put(LATER), at(2), false);
    await nothingLeft();
    await ends(late);
    expect((await findCard(card))?.shown).toBeUndefined();
    await finishPut(await put(LATER), at(2), false);
    expect(await findCard(card)).toMatchObject({ shown: at(2) });
    await nothingLeft();
  });

  it('trusts no PUT during which one ended that was on its way for longer', async () => {
    const card = await deliveredCard();
    await want(card);
    const late = await put(NOW);
    await finishPut(await put(LATER), at(2), false);
    const newer = await put(LATER);
    await finishPut(late, at(1, 'old'), false);
    await finishPut(newer, at(2), false);
    expect((await findCard(card))?.shown).toBeUndefined();
    await finishPut(await put(LATER), at(2), false);
    await nothingLeft();
  });

  it('waits after a PUT that failed for now, and is not known to show anything', async () => {
    const card = await deliveredCard();
    await want(card);
    await postponePut(await put(NOW), { machine: NOW, retryAt: NOW + 5_000, waitsFor: 'updateCard', counts: true });
    expect(await claimStaleCard('w', NOW + 4_999)).toBeUndefined();
    const again = await put(NOW + 5_000);
    expect(again.card.shown).toBeUndefined();
    await finishPut(again, at(2), false);
    await nothingLeft();
  });

  it('is given up after a PUT that was refused, but not what was wanted since', async () => {
    const card = await deliveredCard();
    await want(card);
    const refused = await put(NOW);
    await want(card);
    await abandonPut(refused, REFUSED);
    const next = await put(LATER);
    expect(next.card.wanted).toBe(3);
    await abandonPut(next, REFUSED);
    await nothingLeft();
  });

  it('does not take the first delivery for what a faster tap has changed', async () => {
    await inTransaction((tx) =>
      addCard(
        { outTrackId: 'quick', kind: 'working', view: 'menu', subject, viewer: 'lek', line: undefined, at: 0 },
        tx,
      ),
    );
    const answer = await answerOn('quick', { id: 't', at: NOW });
    await finishAnswer(answer, at(1, 'answered'), true);
    await inTransaction((tx) => cardWasDelivered('quick', at(1, 'delivered'), false, tx));
    expect(await findCard('quick')).toMatchObject({ delivered: true, formOpen: true });
    expect((await findCard('quick'))?.shown).toBeUndefined();
    await finishPut(await put(LATER), at(1), true);
    await nothingLeft();
  });

  it('is redrawn for its subject and its viewer, but never under an open form or once folded', async () => {
    const about = { kind: 'draft', id: 'shared' } as const;
    const [plain, form, folded] = [await deliveredCard(about), await deliveredCard(about), await deliveredCard(about)];
    await finishAnswer(await answerOn(form, { id: 't', at: NOW }), at(1), true);
    await inTransaction((tx) => wantCard(folded, { folded: { key: 'folded.continued' } }, tx));
    await finishPut(await put(LATER), at(2), false);
    await insist((tx) => touchCards(about, tx));
    const touched = await put(LATER);
    expect(touched.card.outTrackId).toBe(plain);
    await finishPut(touched, at(2), false);
    await nothingLeft();
    const viewer = (await findCard(plain))?.viewer ?? '';
    await insist((tx) => touchAll({ viewers: [viewer] }, tx));
    await finishPut(await put(LATER), at(3), false);
    await nothingLeft();
  });
});
