import { expect, it } from 'vitest';
import { useWorld } from '../support/in-process/use-world.ts';

const world = useWorld();

/** What the handler of this text wanted. */
async function said(userId: string, text: string, group?: string) {
  const { effects } = await world().receive(world().message(userId, { text }, group));
  return effects;
}

it.each(['menu', 'MENU ', 'เมนู', '菜单'])(
  'the word %s opens the menu in whatever language it is written',
  async (word) => {
    await world().hires('nok');
    expect((await said('nok', word))?.working).toMatchObject({ view: 'menu', subject: { kind: 'person', id: 'nok' } });
  },
);

it('a text that is no word keeps the place: the card comes back below it with one line', async () => {
  const nok = await world().hires('nok');
  await nok.says('menu');
  const menu = await nok.card();
  expect((await said('nok', 'what now?'))?.move).toMatchObject({ line: { key: 'line.keptPlace' }, photos: 0 });
  await nok.sees('Hi Nok', 'kept your place');
  expect((await nok.card()).outTrackId).not.toBe(menu.outTrackId);
});

it('a voice message that nobody understood keeps the place, too, and says what to do', async () => {
  const nok = await world().hires('nok');
  await nok.says('menu');
  const { effects } = await world().receive(world().message('nok', { other: 'audio' }));
  expect(effects?.move?.line?.key).toBe('line.cannotUse.voice');
});

it('somebody who works for no ISO is asked to join, whatever they write or send', async () => {
  const som = world().person('som');
  for (const content of [{ text: 'hello' }, { other: 'audio' }, { pictures: [{ downloadCode: 'x' }] }]) {
    const { effects } = await world().receive(world().message('som', content));
    expect(effects?.jobs).toMatchObject([{ kind: 'lookup', id: 'som' }]);
  }
  await som.sees('Join your ISO');
});

it('a stranger reads help all the same', async () => {
  expect((await said('som', 'help'))?.working?.view).toBe('help');
});

it('a stranger who taps what is for staff is shown the way in', async () => {
  const som = world().person('som');
  await som.says('hello');
  const { outTrackId } = await som.card();
  const tap = world().tap(outTrackId, { userId: 'som', actionId: 'x', params: { action: 'promotion.start' } });
  const { effects } = await world().receive(tap);
  expect(effects?.working?.view).toBe('association');
});

it.each([
  ['what is for admins only', 'team.open'],
  ['an action that nobody knows', 'promotion.fly'],
  ['no action at all', ''],
])('staff who tap %s see their card as it is', async (_what, action) => {
  const nok = await world().hires('nok');
  await nok.says('menu');
  const { outTrackId } = await nok.card();
  const { effects, answer } = await world().receive(
    world().tap(outTrackId, { userId: 'nok', actionId: 'x', params: { action } }),
  );
  expect(effects).toMatchObject({ working: undefined, records: [], audit: [], jobs: [] });
  expect(answer?.params?.title).toContain('Hi Nok');
});

it('who is paused is told so by every tap and every message, and nothing else happens', async () => {
  const nok = await world().hires('nok');
  await nok.says('menu');
  const menu = await nok.card();
  await world().hires('nok', { state: 'SUSPENDED' });
  await nok.taps({ action: 'language.open' }, { on: menu });
  await nok.sees('access is paused');
  await nok.says('menu');
  await nok.sees('access is paused');
});

it('an event reaches somebody who is paused', async () => {
  await world().hires('nok', { state: 'SUSPENDED' });
  const { platform } = world();
  platform.members.set('nok', { name: 'Nok', mobile: undefined });
  await world().receive(world().event('user_add_org', ['nok']));
  expect(platform.calls).toContain('contactOf');
});

it('a frame without content, for the month is used up, is answered with one line a day', async () => {
  const nok = await world().hires('nok');
  for (const _ of [1, 2]) await world().receive(world().message('nok', { quotaUsedUp: true }));
  await nok.sees('monthly limit');
  expect(await nok.cards()).toHaveLength(1);
});

it('what is said in a group is a mention: it is about the group, never the menu of the one who wrote', async () => {
  await world().hires('nok');
  const effects = await said('nok', 'menu', 'group-1');
  expect(effects?.working).toBeUndefined();
  expect(effects?.records).toMatchObject([{ to: 'group-1', inGroup: true }]);
});
