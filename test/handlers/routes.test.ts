import { expect, it } from 'vitest';
import { ACTIONS } from '../../cards/actions.ts';
import { routes } from '../../handlers/routes.ts';
import { EVENT } from '../../src/platform/event.ts';
import { drawnIn } from '../cards/drawn.ts';

it('every action is routed', () => {
  expect(routes().actions().toSorted()).toEqual(ACTIONS.toSorted());
});

it('every action stands on a card', () => {
  const drawn = drawnIn('en').flatMap(({ view: { actions, form } }) => [
    ...actions.map(({ action }) => action),
    ...(form === undefined ? [] : [form.action]),
  ]);
  expect([...new Set(drawn)].toSorted()).toEqual(ACTIONS.toSorted());
});

it('an action that is routed twice is a mistake that no start gets over', () => {
  expect(() => routes().tap('menu.open', 'anyone', async () => undefined)).toThrow('bug.unexpected');
});

it('every event is routed', () => {
  const types = EVENT.options.map(({ shape }) => shape.type.value);
  expect(routes().eventTypes().toSorted()).toEqual(types.toSorted());
});

it('so is an event that is routed twice', () => {
  expect(() => routes().event('member.gone', async () => undefined)).toThrow('bug.unexpected');
});
