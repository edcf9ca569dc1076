import { AppError } from '@field/kit/errors';
import { expect, it, vi } from 'vitest';
import { findPerson } from '../../models/people.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { wordsOf } from '../support/world/words-of.ts';

const world = useWorld();

/** Nok with the menu open, and a tap that chooses Thai on it. */
async function tapsThai() {
  const nok = await world().hires('nok');
  await nok.says('menu');
  const { outTrackId } = await nok.card();
  const params = { action: 'language.choose', language: 'th' };
  return { nok, outTrackId, tap: world().tap(outTrackId, { userId: 'nok', actionId: 'x', params }) };
}
const languageOf = async (userId: string) => (await findPerson(userId))?.language;

it('a tap is answered with the card as it is then, and nothing is sent besides', async () => {
  const { nok, tap } = await tapsThai();
  const callsBefore = world().platform.calls.length;
  const { answer, effects } = await world().receive({ ...tap, params: { action: 'help.open', extra: {} } });
  expect(effects?.working?.view).toBe('help');
  expect(answer?.params?.title).toBe((await nok.card()).title);
  expect(world().platform.calls.slice(callsBefore)).toEqual([]);
});

it('what a tap has changed is on record', async () => {
  const { tap } = await tapsThai();
  const { effects } = await world().receive(tap);
  expect(effects?.audit).toMatchObject([{ what: 'language.choose', details: { language: 'th' } }]);
  expect(await languageOf('nok')).toBe('th');
});

it('whoever taps is known to have been there, to the hour', async () => {
  const { nok } = await tapsThai();
  const heardAt = async () => (await findPerson('nok'))?.activeAt ?? 0;
  const first = await heardAt();
  await nok.taps({ action: 'help.open' });
  expect(await heardAt()).toBe(first);
  await world().advance(3_600_000);
  await nok.taps({ action: 'menu.open' });
  expect(await heardAt()).toBeGreaterThan(first);
});

it('an answer that did not get out is made up for by a redraw', async () => {
  const { nok, tap } = await tapsThai();
  await world().takesIn(tap, { arrives: false });
  await world().untilIdle();
  expect(world().platform.calls).toContain('updateCard');
  await nok.sees('สวัสดี Nok');
});

it('the same tap again is applied once, and answered alike', async () => {
  const { tap } = await tapsThai();
  let handled = 0;
  world().standsAround(async (_ctx, handle) => {
    await handle();
    handled += 1;
  });
  const first = await world().receive(tap);
  const again = await world().receive(tap);
  expect(handled).toBe(1);
  expect(again.answer?.params).toEqual(first.answer?.params);
});

it("somebody else's tap does nothing, and only they are told whose card it is", async () => {
  const { nok, outTrackId, tap } = await tapsThai();
  await world().hires('lek');
  const { answer, effects } = await world().receive({ ...tap, userId: 'lek' });
  expect(effects).toBeUndefined();
  expect(answer?.params).toBeUndefined();
  expect(JSON.stringify(answer?.privateParams)).toContain('Nok');
  expect((await nok.card()).outTrackId).toBe(outTrackId);
  await nok.sees('Hi Nok');
  expect(await languageOf('nok')).toBe('en');
});

it("a tap on a card that is not the bot's is answered with no change", async () => {
  const { tap } = await tapsThai();
  const { answer, effects } = await world().receive({ ...tap, outTrackId: 'nobody-sent-it' });
  expect([answer, effects]).toEqual([{}, undefined]);
});

it('who lost a race to somebody else sees the card as it is now, without a word of trouble', async () => {
  const { nok, tap } = await tapsThai();
  world().standsAround(async () => {
    throw new AppError('subject.lostRace');
  });
  const { answer } = await world().receive(tap);
  expect(answer?.params?.title).toContain('Hi Nok');
  await nok.doesNotSee('notice.trouble');
  expect(world().log.of('tap.failed')).toEqual([]);
});

it('a handler that fails changes nothing: a neutral line stands on the card, and the log knows why', async () => {
  const { nok, tap } = await tapsThai();
  world().standsAround(async (_ctx, handle) => {
    await handle();
    throw new Error('a mistake of ours');
  });
  await world().receive(tap);
  await nok.sees('Hi Nok', wordsOf('notice.trouble'));
  expect(await languageOf('nok')).toBe('en');
  expect(world().log.of('tap.failed')).toMatchObject([{ code: 'bug.unexpected', trace: tap.id }]);
});

interface TooLong {
  readonly meanwhile?: (goOn: () => void) => Promise<void>;
  readonly fails?: boolean;
}

it('of a handler that fails the line stands on the card also where the answer does not get out, until the next tap', async () => {
  const { nok, tap } = await tapsThai();
  world().standsAround(async () => {
    throw new Error('a mistake of ours');
  });
  await world().takesIn(tap, { arrives: false });
  await world().untilIdle();
  await nok.sees('Hi Nok', wordsOf('notice.trouble'));
  world().standsAround((_ctx, handle) => handle());
  await nok.taps({ action: 'help.open' });
  await nok.doesNotSee('notice.trouble');
});

it('and where it was thought to have got out, and had not', async () => {
  const { nok, tap } = await tapsThai();
  world().standsAround(async () => {
    throw new Error('a mistake of ours');
  });
  const answer = await world().takesIn(tap, { arrives: false, leaves: true });
  answer?.lost?.();
  await world().untilIdle();
  await nok.sees('Hi Nok', wordsOf('notice.trouble'));
});

/** A tap that is answered with "checking" after 1.5 s; `goOn` lets its handler go on. */
async function takesTooLong({ meanwhile, fails = false }: TooLong = {}) {
  const { nok, tap } = await tapsThai();
  let goOn = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const begun = new Promise<void>((resolve) => {
    world().standsAround(async (_ctx, handle) => {
      resolve();
      await held;
      await handle();
      if (fails) throw new Error('a mistake of ours');
    });
  });
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  try {
    const answering = world().takesIn(tap, { meanwhile: async () => await meanwhile?.(goOn) });
    await begun;
    vi.advanceTimersByTime(1_500);
    vi.useRealTimers();
    await answering;
  } finally {
    vi.useRealTimers();
  }
  const shown = world().platform.cards.get(tap.outTrackId)?.params;
  expect(JSON.stringify(shown)).toContain('Checking');
  return { nok, goOn };
}

it('a tap that takes too long is answered with "checking", and what comes of it follows on the card', async () => {
  const { nok, goOn } = await takesTooLong();
  goOn();
  await world().untilIdle();
  await nok.sees('สวัสดี Nok');
});

it('a tap that takes too long and then fails says so', async () => {
  const { nok, goOn } = await takesTooLong({ fails: true });
  goOn();
  await world().untilIdle();
  await nok.sees('Hi Nok', wordsOf('notice.trouble'));
});

it('"checking" that comes later to the phone than what it stands for is made up for', async () => {
  const { nok } = await takesTooLong({
    async meanwhile(goOn) {
      goOn();
      await expect.poll(() => languageOf('nok')).toBe('th');
      await world().sweep();
    },
  });
  await world().untilIdle();
  await nok.sees('สวัสดี Nok');
});
