import { expect, it } from 'vitest';
import { drawnInAll, expectOfEveryFace } from './drawn.ts';

const COLOURS = { '✓': 'success', '…': 'info', '!': 'warning', '✗': 'danger' };

it('each mark of a status has one colour, and no colour but that of a number stands without its mark', () => {
  expectOfEveryFace(({ view: { tag } }) => {
    if (tag === undefined) return;
    const [mark = ''] = tag.text;
    const colour = new Map(Object.entries(COLOURS)).get(mark) ?? (/\d/.test(tag.text) ? 'info' : 'none');
    expect(`${tag.text} ${tag.tone}`).toBe(`${tag.text} ${colour}`);
  });
  const seen = new Set(drawnInAll.flatMap(({ view: { tag } }) => tag?.text.charAt(0) ?? []));
  expect([...seen]).toEqual(expect.arrayContaining(Object.keys(COLOURS)));
});
