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

it('a chart has one colour, of which none says good or bad: its points are no statuses', () => {
  const charts = drawnInAll.flatMap(({ label, view: { chart } }) => (chart === undefined ? [] : [{ label, ...chart }]));
  expect(charts.length).toBeGreaterThan(0);
  for (const { label, type, points } of charts) {
    expect([type, new Set(points.map(({ series }) => series)).size], label).toEqual(['lineChart', 1]);
    for (const { x } of points) expect(Object.keys(COLOURS), label).not.toContain(x.charAt(0));
  }
});
