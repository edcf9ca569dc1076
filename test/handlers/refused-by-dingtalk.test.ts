import { AppError } from '@field/kit/errors';
import { expect, it } from 'vitest';
import { refusal } from '../../src/dingtalk/refusal.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { pictures } from '../support/pictures.ts';
import { reach } from '../support/world/reach.ts';
import { wordsOf } from '../support/world/words-of.ts';

const world = useWorld();
const MINUTE_MS = 60_000;
/** Longer than other failures are looked at again, and several probes. */
const HOUR_MS = 60 * MINUTE_MS;

it('what somebody waits for comes when it is mended, however long that takes', async () => {
  const nok = await world().hires('nok');
  world().platform.refuse('createAndDeliver', new AppError('dingtalk.permission'));
  await nok.says('menu');
  await world().advance(HOUR_MS);
  const tries = world().platform.calls.length;
  expect([tries > 4, tries < 12]).toEqual([true, true]);
  expect(await nok.cards()).toEqual([]);
  world().platform.allow('createAndDeliver');
  await world().advance(31 * MINUTE_MS);
  await nok.sees(wordsOf('menu.title'));
});

it('a card that is refused for good is in the log, once; nothing behind it is lost, and the next one comes', async () => {
  const code = 'system.somethingNew';
  const nok = await world().hires('nok');
  await reach(nok, 'storefront');
  world().platform.refuse('createAndDeliver', refusal(400, code));
  await nok.sends(await pictures.storefront(1));
  await world().advance(MINUTE_MS);
  world().platform.allow('createAndDeliver');
  expect(world().log.of('send.dead')).toMatchObject([{ code: 'dingtalk.refused', details: { status: 400, code } }]);
  await nok.says('menu');
  await nok.taps({ action: 'promotion.resume' });
  await nok.sees('Step 2 of 4');
});

it('a photo waits for it as well, and is taken then', async () => {
  const nok = await world().hires('nok');
  await reach(nok, 'storefront');
  world().platform.refuse('downloadUrl', new AppError('dingtalk.permission'));
  await nok.sends(await pictures.storefront(1));
  await world().advance(HOUR_MS);
  expect(await nok.has('Front photo kept')).toBe(false);
  expect(world().platform.calls.filter((call) => call === 'downloadUrl').length).toBeGreaterThan(4);
  world().platform.allow('downloadUrl');
  await world().advance(31 * MINUTE_MS);
  await nok.sees('Front photo kept');
});

it('a card with a word that DingTalk does not show comes without it, once, and the admins hear of it', async () => {
  const anong = await world().hires('anong', { role: 'ADMIN' });
  const nok = await world().hires('nok');
  refuseWords('Forbidden Tea');
  await reach(nok, 'spot', { shop: 'Forbidden Tea' });
  await nok.sees(wordsOf('notice.unsafe.title'));
  await anong.sees(wordsOf('refusedWords.title'), 'Nok');
  const before = (await anong.cards()).length;
  await nok.says('back');
  await world().untilIdle();
  expect(JSON.stringify(await anong.cards())).not.toContain('Forbidden Tea');
  expect((await anong.cards()).length).toBeLessThanOrEqual(before + 1);
});

/** DingTalk shows no card on which these words stand. */
function refuseWords(words: string): void {
  for (const call of ['createAndDeliver', 'updateCard'] as const)
    world().platform.refuse(call, new AppError('dingtalk.contentUnsafe'), (asked) => asked.includes(words));
}

it('a card in a group with such a word comes without it as well, and every admin of the ISO hears of it, once', async () => {
  const [anong, ploy] = [
    await world().hires('anong', { role: 'ADMIN' }),
    await world().hires('ploy', { role: 'ADMIN' }),
  ];
  const group = ploy.inGroup('The Team');
  refuseWords('Send the results');
  await group.says('digest');
  await group.sees(wordsOf('notice.unsafe.title'));
  for (const admin of [anong, ploy]) {
    await admin.sees(wordsOf('refusedWords.title'), 'The Team');
    expect(await admin.cards()).toHaveLength(1);
  }
  await group.says('digest');
  expect(world().log.of('send.dead')).toEqual([]);
});

it('whoever is called by such a word: what is said of it is no reason to say it again', async () => {
  const anong = await world().hires('anong', { role: 'ADMIN', name: 'Forbidden Tea' });
  refuseWords('Forbidden Tea');
  await anong.says('menu');
  await world().untilIdle();
  expect(await anong.cards()).toHaveLength(2);
});
