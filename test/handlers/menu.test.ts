import { expect, it } from 'vitest';
import { findPerson } from '../../models/people.ts';
import { useWorld } from '../support/in-process/use-world.ts';

const world = useWorld();

it('staff see the products, an admin their team, too', async () => {
  const nok = await world().hires('nok');
  await nok.says('menu');
  expect((await nok.card()).buttons.map(({ params }) => params.action)).not.toContain('team.open');
  const admin = world().person('admin1');
  await admin.says('menu');
  expect((await admin.card()).buttons.map(({ params }) => params.action)).toContain('team.open');
});

it('help names the admin to ask, and goes back to the menu', async () => {
  const nok = await world().hires('nok');
  await nok.says('help');
  await nok.sees('Anong Chai');
  await nok.taps({ action: 'menu.open' });
  await nok.sees('Hi Nok');
});

it('a stranger who goes back from help is shown the way in', async () => {
  const som = world().person('som');
  await som.says('help');
  await som.says('menu');
  await som.sees('Join your ISO');
});

it.each([
  ['th', 'สวัสดี Nok'],
  ['zh-CN', 'Nok'],
])('the language %s holds from the tap on, on every card that is open', async (language, hello) => {
  const nok = await world().hires('nok');
  await nok.says('menu');
  await nok.taps({ action: 'language.open' });
  await nok.taps({ action: 'language.choose', language });
  await nok.sees(hello);
  expect((await findPerson('nok'))?.language).toBe(language);
});

it('a language that nobody speaks here changes nothing', async () => {
  const nok = await world().hires('nok');
  await nok.says('menu');
  const { outTrackId } = await nok.card();
  const params = { action: 'language.choose', language: 'tlh' };
  const { effects } = await world().receive(world().tap(outTrackId, { userId: 'nok', actionId: 'x', params }));
  expect(effects).toMatchObject({ viewers: [], audit: [], working: { view: 'menu' } });
  expect((await findPerson('nok'))?.language).toBe('en');
});

it('back with nothing begun is the menu', async () => {
  const nok = await world().hires('nok');
  await nok.says('back');
  await nok.sees('Hi Nok');
});
