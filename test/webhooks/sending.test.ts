import { createServer } from 'node:http';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { forgetEverything } from '../../models/database.ts';
import { inTransaction } from '../../models/transaction.ts';
import {
  addWebhookEvents,
  recordWebhooks,
  replayWebhook,
  replayWebhooksOf,
  replayWebhooksSince,
  skipWebhook,
  waitingWebhooks,
  webhooksInState,
  webhooksOfItem,
} from '../../models/webhook-events.ts';
import { embeddedInEachRun, servers } from '../../packages/embedded-store/test/stores.ts';
import { useModels } from '../models/store.ts';
import { howOften } from '../support/how-often.ts';
import { seeded } from '../support/picture-canvas.ts';
import { AtWork, event, NOON, newSecret, record } from './at-work.ts';
import { Receiver } from './receiver.ts';

const [SECOND, MINUTE, HOUR, DAY] = [1_000, 60_000, 3_600_000, 24 * 3_600_000];

/** So long a receiver is away, and so many events come last. */
const HOURS = howOften({ inEachRun: 6, inFull: 24 });
const LATEST = howOften({ inEachRun: 60, inFull: 200 });
/** So many are asked again at once, in full as many as the product does, and there are three pages of them. */
const A_PAGE = howOften({ inEachRun: 50, inFull: 500 });
const MANY = howOften({ inEachRun: 120, inFull: 1_200 });

const STORY = ['item.submitted#1', 'item.decided#1', 'item.submitted#2', 'item.decided#2'];
/** What becomes of a spot that fails once, told in the wrong order. */
const storyOf = (itemRef: string, at = NOON) => [
  event(itemRef, 9, 2, at),
  event(itemRef, 0, 2, at),
  event(itemRef, 3, 1, at),
  event(itemRef, 0, 1, at),
];
const spots = (count: number) => Array.from({ length: count }, (_, n) => `spot${n}`);

describe.each(servers())('webhooks on the $name store', ({ uri }) => {
  useModels(uri);
  let at: AtWork;
  /** What a receiver may do, whichever store keeps what it was told. */
  const itOfReceivers = it.runIf(embeddedInEachRun().some((one) => one.uri === uri));

  beforeEach(async () => {
    await forgetEverything();
    at = await new AtWork().start();
    onTestFinished(() => at.close());
  });

  it('what was recorded is sent once, signed, each item in its order', async () => {
    await record(...spots(30).flatMap((ref) => storyOf(ref)));
    await at.goOn();
    for (const ref of spots(30)) expect(at.receiver.of(ref)).toEqual(STORY);
    expect(at.receiver.tried).toHaveLength(120);
    expect(at.receiver.refused).toEqual([]);
    expect(await waitingWebhooks()).toEqual({ count: 0 });
    await at.later(DAY);
    expect(at.receiver.tried).toHaveLength(120);
  });

  it('what is rolled back is never told, and while nobody is told nothing is recorded', async () => {
    const rolledBack = inTransaction(async (tx) => {
      await addWebhookEvents(() => [event('spot1', 0)], tx);
      throw new Error('rolled back');
    });
    await expect(rolledBack).rejects.toThrow('rolled back');
    recordWebhooks(false);
    await record(event('spot2', 0));
    recordWebhooks(true);
    await at.goOn();
    expect(at.receiver.tried).toEqual([]);
    expect((await waitingWebhooks()).count).toBe(0);
  });

  itOfReceivers(
    'a receiver that is away for hours is told everything within minutes of its return, once by id and in order',
    async () => {
      await at.receiver.stop();
      for (let hour = 0; hour < HOURS; hour += 1) {
        await record(...storyOf(`early${hour}`, at.clock.now()));
        await at.goOn();
        await at.later(HOUR);
      }
      await record(...spots(LATEST).map((ref) => event(ref, 0, 1, at.clock.now())));
      await at.goOn();
      const tries = at.lines.of('webhooks.notTaken');
      expect(tries.length).toBeGreaterThan(HOURS * 11);
      // one event at a time, every five minutes: not one for each of those that wait
      expect(tries.length).toBeLessThan(HOURS * 40);
      expect(tries[0]).toMatchObject({ answered: 'ECONNREFUSED' });
      await at.receiver.start();
      await at.later(6 * MINUTE);
      expect(at.receiver.tried).toHaveLength(HOURS * 4 + LATEST);
      expect(new Set(at.receiver.ids).size).toBe(HOURS * 4 + LATEST);
      for (let hour = 0; hour < HOURS; hour += 1) expect(at.receiver.of(`early${hour}`)).toEqual(STORY);
      expect((await waitingWebhooks()).count).toBe(0);
      expect(at.lines.of('webhooks.takenAgain')).toHaveLength(1);
    },
  );

  itOfReceivers(
    'while a receiver takes one and not another, nothing of an item overtakes what was not taken',
    async () => {
      const random = seeded(20_261_128);
      const underWay = new Set<string>();
      const atOnce: string[] = [];
      at.receiver.mood = async ({ itemRef }) => {
        if (underWay.has(itemRef)) atOnce.push(itemRef);
        underWay.add(itemRef);
        await new Promise((resolve) => setTimeout(resolve, random() * 6));
        underWay.delete(itemRef);
        return random() < 0.3 ? 503 : random() < 0.1 ? 'cut' : 200;
      };
      await record(...spots(40).flatMap((ref) => storyOf(ref)));
      await at.goOn();
      await at.later(HOUR);
      expect(atOnce).toEqual([]);
      for (const ref of spots(40)) {
        expect(at.receiver.of(ref)).toEqual(STORY);
        const order = at.receiver.tried
          .filter(({ itemRef }) => itemRef === ref)
          .map(({ type, revision }) => `${type}#${revision}`);
        expect(order.map((one) => STORY.indexOf(one))).toEqual(order.map((one) => STORY.indexOf(one)).toSorted());
      }
      expect((await waitingWebhooks()).count).toBe(0);
    },
  );

  itOfReceivers.each([400, 404, 413, 500, 302, 'hangs', 'cut'] as const)(
    'one event that is answered with %s for ever holds up its item and no other, and is tried on',
    async (mood) => {
      if (mood === 'hangs') {
        await at.close();
        at = await new AtWork(1_000).start();
        onTestFinished(() => at.close());
      }
      at.receiver.mood = ({ itemRef, type }) => (itemRef === 'bad' && type === 'item.decided' ? mood : 204);
      await record(...storyOf('bad'));
      for (let n = 0; n < 10; n += 1) {
        await record(...storyOf(`good${n}`, at.clock.now()));
        await at.goOn();
        await at.later(5 * SECOND);
      }
      await at.later(2 * MINUTE);
      for (let n = 0; n < 10; n += 1) expect(at.receiver.of(`good${n}`)).toEqual(STORY);
      expect(at.receiver.of('bad')).toEqual(STORY.slice(0, 1));
      // nor does one that is alone in a quiet hour make anybody wait who comes after it
      await at.later(40 * MINUTE);
      await record(...storyOf('late', at.clock.now()));
      await at.goOn();
      expect(at.receiver.of('late')).toEqual(STORY);
      const [waits] = await webhooksInState('WAITING', { since: 0, most: 10 });
      expect(waits).toMatchObject({ itemRef: 'bad' });
      at.receiver.mood = () => 204;
      await at.later(HOUR);
      expect(at.receiver.of('bad')).toEqual(STORY);
    },
  );

  itOfReceivers('a receiver that is busy is left alone for as long as it asks', async () => {
    at.receiver.mood = () => ({ status: 429, headers: { 'retry-after': '120' } });
    await record(event('spot1', 0), event('spot2', 0));
    await at.goOn();
    const tried = at.receiver.tried.length;
    await at.later(119 * SECOND);
    expect(at.receiver.tried).toHaveLength(tried);
    at.receiver.mood = () => 200;
    await at.later(2 * SECOND);
    expect(at.receiver.taken).toHaveLength(2);
  });

  itOfReceivers('one that asks for a year is asked again after an hour', async () => {
    at.receiver.mood = () => ({ status: 503, headers: { 'retry-after': 'Fri, 31 Dec 2099 23:59:59 GMT' } });
    await record(event('spot1', 0));
    await at.goOn();
    at.receiver.mood = () => 200;
    await at.later(59 * MINUTE);
    expect(at.receiver.taken).toEqual([]);
    await at.later(2 * MINUTE);
    expect(at.receiver.of('spot1')).toEqual(['item.submitted#1']);
  });

  itOfReceivers(
    'one that wants no more (410) is asked once an hour, and told everything when it takes again',
    async () => {
      at.receiver.mood = () => 410;
      await record(...spots(3).flatMap((ref) => storyOf(ref)));
      await at.goOn();
      await at.later(10 * HOUR);
      expect(at.receiver.tried.length).toBeLessThanOrEqual(3 + 10);
      expect(await waitingWebhooks()).toEqual({ count: 12, since: NOON });
      expect(at.notTaken()).toBe('410');
      at.receiver.mood = () => 204;
      await at.later(HOUR + MINUTE);
      for (const ref of spots(3)) expect(at.receiver.of(ref)).toEqual(STORY);
    },
  );

  itOfReceivers(
    'one that wanted no more is asked at once where an operator asks for an event, or starts the product anew',
    async () => {
      at.receiver.mood = () => 410;
      await record(event('spot1', 0));
      await at.goOn();
      const [waits] = await webhooksInState('WAITING', { since: 0, most: 1 });
      at.receiver.mood = () => 204;
      await at.goOn();
      expect(at.receiver.taken).toEqual([]);
      expect(await replayWebhook(waits?.eventId ?? '')).toBe(true);
      await at.goOn();
      expect(at.receiver.of('spot1')).toEqual(STORY.slice(0, 1));
      at.receiver.mood = () => 410;
      await record(event('spot2', 0));
      await at.goOn();
      at.receiver.mood = () => 204;
      await at.endFirst();
      at.another();
      await at.goOn();
      expect(at.receiver.of('spot2')).toEqual(STORY.slice(0, 1));
    },
  );

  it('a process that ends breaks off what hangs, and counts it as nothing: the next one sends it', async () => {
    at.receiver.mood = () => 'hangs';
    await record(event('spot1', 0));
    at.wake();
    await expect.poll(() => at.receiver.tried.length).toBe(1);
    await at.endFirst();
    const [waits] = await webhooksInState('WAITING', { since: 0, most: 1 });
    expect(waits).toMatchObject({ tries: 0, dueAt: NOON });
    expect(at.lines.lines()).toEqual([]);
    at.receiver.mood = () => 204;
    at.another();
    await at.goOn();
    expect(at.receiver.tried.map(({ id }) => id)).toEqual([waits?.eventId, waits?.eventId]);
  });

  itOfReceivers('no redirect is followed: the message goes to nobody else', async () => {
    let asked = 0;
    const other = createServer((_, response) => {
      asked += 1;
      response.end();
    }).listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await new Promise((resolve) => other.once('listening', resolve));
    const address = other.address();
    const location = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
    at.receiver.mood = () => ({ status: 307, headers: { location } });
    await record(event('spot1', 0));
    await at.goOn();
    await at.later(MINUTE);
    expect(at.receiver.tried.length).toBeGreaterThan(1);
    expect(asked).toBe(0);
    expect([(await waitingWebhooks()).count, at.notTaken()]).toEqual([1, '307']);
  });

  itOfReceivers('an answer that never ends is read no further than a little, and counts as taken', async () => {
    at.receiver.mood = () => 'endless';
    await record(event('spot1', 0), event('spot1', 3));
    await at.goOn();
    expect(at.receiver.of('spot1')).toEqual(STORY.slice(0, 2));
    expect(at.receiver.tried).toHaveLength(2);
  });

  itOfReceivers('while one secret takes the place of another, each receiver verifies with its own', async () => {
    const fresh = newSecret();
    at.another([at.secret, fresh]);
    const knowsFresh = new Receiver(fresh);
    await at.receiver.stop();
    await record(event('spot1', 0));
    await at.goOn();
    // the sender of before has the first secret alone: it is ended, as at a deployment
    await at.endFirst();
    const { port } = new URL(at.receiver.url);
    await knowsFresh.start(Number(port));
    onTestFinished(() => knowsFresh.stop());
    await at.goOn();
    await at.later(MINUTE);
    expect([knowsFresh.of('spot1'), knowsFresh.refused]).toEqual([['item.submitted#1'], []]);
    await knowsFresh.stop();
    await at.receiver.start();
    await record(event('spot2', 0));
    await at.goOn();
    await at.later(MINUTE);
    expect([at.receiver.of('spot2'), at.receiver.refused]).toEqual([['item.submitted#1'], []]);
  });

  it('two processes send each event once', async () => {
    at.another();
    await record(...spots(60).flatMap((ref) => storyOf(ref)));
    await at.goOn();
    await record(...spots(60).map((ref) => event(ref, 12, 2)));
    await at.goOn();
    expect(at.receiver.tried).toHaveLength(300);
    expect(new Set(at.receiver.ids).size).toBe(300);
  });

  it('an event, an item, or all since a time is sent again under the same ids, in order', async () => {
    await record(...storyOf('spot1'), ...storyOf('spot2', NOON + HOUR));
    await at.goOn();
    await at.later(2 * HOUR);
    const { tried } = at.receiver;
    const first = tried.splice(0).map(({ id }) => id);
    expect(first).toHaveLength(8);
    const again = async (): Promise<string[]> => {
      await at.goOn();
      return tried.splice(0).map(({ id }) => id);
    };
    expect(await again()).toEqual([]);
    const [one = ''] = first;
    expect(await replayWebhook(one)).toBe(true);
    expect(await again()).toEqual([one]);
    expect(await replayWebhooksOf('spot1')).toBe(4);
    expect(await again()).toEqual(
      first.filter((id) => at.receiver.taken.find((t) => t.id === id)?.itemRef === 'spot1'),
    );
    expect(await replayWebhooksSince(NOON + HOUR, at.clock.now())).toBe(4);
    expect(await again()).toEqual(
      first.filter((id) => at.receiver.taken.find((t) => t.id === id)?.itemRef === 'spot2'),
    );
    expect(await replayWebhook('msg_nobody')).toBe(false);
  });

  it('all of more than is asked again at once is sent again, each once', async () => {
    await record(...Array.from({ length: MANY }, (_, n) => event(`spot${n}`, 0, 1, NOON + Math.floor(n / 7))));
    await at.later(SECOND);
    await at.goOn();
    expect(at.receiver.tried.splice(0)).toHaveLength(MANY);
    expect(await replayWebhooksSince(NOON, at.clock.now(), A_PAGE)).toBe(MANY);
    await at.goOn();
    expect(new Set(at.receiver.tried.map(({ id }) => id)).size).toBe(MANY);
    expect(at.receiver.tried).toHaveLength(MANY);
  });

  it('what an operator skips is not sent, and what waits behind it is', async () => {
    at.receiver.mood = ({ type }) => (type === 'item.decided' ? 422 : 204);
    await record(event('spot1', 0, 1), event('spot1', 3, 1), event('spot1', 0, 2));
    await at.goOn();
    await at.later(MINUTE);
    expect(at.receiver.of('spot1')).toEqual(['item.submitted#1']);
    const [, stuck] = await webhooksOfItem('spot1');
    expect(stuck).toMatchObject({ type: 'item.decided', answered: '422' });
    expect(await skipWebhook(stuck?.eventId ?? '')).toBe(true);
    await at.later(10 * MINUTE);
    expect(at.receiver.of('spot1')).toEqual(['item.submitted#1', 'item.submitted#2']);
    expect(await skipWebhook(stuck?.eventId ?? '')).toBe(false);
    const tried = at.receiver.tried.length;
    expect([await replayWebhooksOf('spot1'), await replayWebhooksSince(0, at.clock.now())]).toEqual([2, 0]);
    await at.goOn();
    expect(at.receiver.tried.slice(tried).map(({ type }) => type)).toEqual(['item.submitted', 'item.submitted']);
  });
});
