import { expect, it } from 'vitest';
import { hintOf, TRIES, type Try } from '../../src/page/state/try-steps.ts';
import type { Entry } from '../../src/protocol/page-protocol.ts';

const named = (name: Try['name']): Try => {
  const found = TRIES.find((one) => one.name === name);
  if (found === undefined) throw new Error(name);
  return found;
};
const button = (action: string) => ({ label: action, actionId: 'a', params: { action }, disabled: false });
const card = (pos: number, ...actions: string[]): Entry => ({
  pos,
  seq: pos,
  kind: 'card',
  at: 0,
  from: 'bot',
  view: { title: '', texts: [], images: [], forms: [], buttons: actions.map(button) },
});
const hint = (name: Try['name'], cards: Entry[], { isSampleAsked = false, isDone = false } = {}) =>
  hintOf(named(name), { entries: cards, isSampleAsked, isDone });

it('each try says what to do next on the card where it is, and that it is done', () => {
  const digest = card(1, 'review.open', 'review.mine', 'menu.open');
  expect(hint('fix', [digest])).toBe('fixBegins');
  expect(hint('fix', [digest, card(2, 'review.modify', 'review.appeal')])).toBe('fixOpened');
  expect(hint('fix', [digest, card(2, 'promotion.typeCode', 'review.cancelModify')], { isSampleAsked: true })).toBe(
    'sample',
  );
  expect(hint('fix', [digest, card(2, 'review.resubmit', 'review.cancelModify')])).toBe('fixResend');
  expect(hint('fix', [digest], { isDone: true })).toBe('fixDone');
});

it('a promotion that is left for another card is led back to', () => {
  const begun = card(1, 'promotion.answer', 'menu.open');
  expect(hint('promote', [begun])).toBe('promoteBegins');
  const folded = card(1);
  expect(hint('promote', [folded, card(2, 'language.choose', 'menu.open')])).toBe('menu');
  expect(hint('promote', [folded, card(2, 'promotion.resume', 'menu.product', 'menu.help')])).toBe('resume');
});

it('the way to an inspection is told from the menu on', () => {
  expect(hint('inspect', [card(1, 'review.open', 'menu.open')])).toBe('inspectBegins');
  expect(hint('inspect', [card(1, 'menu.product', 'menu.inspections')])).toBe('inspectMenu');
  expect(hint('inspect', [card(1, 'inspection.tasks', 'menu.open')])).toBe('inspectHome');
  expect(hint('inspect', [card(1, 'inspection.open', 'menu.open')])).toBe('inspectTasks');
  const front = card(1, 'inspection.matches', 'inspection.part');
  expect(hint('inspect', [front], { isSampleAsked: true })).toBe('sample');
  expect(hint('inspect', [front])).toBe('inspectLook');
  expect(hint('inspect', [card(1, 'inspection.submit', 'inspection.part')])).toBe('submit');
});
