import { expect, test } from 'vitest';
import { standingAfter } from '../src/standings.ts';

test('people are what the bot offers them', () => {
  expect(standingAfter('new', ['association.send', 'language.choose'])).toBe('new');
  expect(standingAfter('new', ['association.withdraw', 'language.open'])).toBe('waiting');
  expect(standingAfter('waiting', ['menu.product', 'menu.inspections', 'help.open'])).toBe('promoter');
  expect(standingAfter('waiting', ['association.again', 'language.open'])).toBe('new');
  expect(standingAfter('promoter', ['menu.product', 'team.open'])).toBe('admin');
  expect(standingAfter('promoter', ['association.askToJoin'])).toBe('new');
});

test('a card that says nothing about somebody changes nothing, and work in shops makes no less of an admin', () => {
  expect(standingAfter('waiting', [])).toBe('waiting');
  expect(standingAfter('promoter', ['menu.open', 'language.open'])).toBe('promoter');
  // the menu that it came from is folded by now
  expect(standingAfter('new', ['promotion.next', 'promotion.view', 'menu.open'])).toBe('promoter');
  expect(standingAfter('admin', ['promotion.answer', 'menu.open'])).toBe('admin');
});
