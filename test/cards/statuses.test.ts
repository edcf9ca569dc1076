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
  const seen = new Set(drawnInAll().flatMap(({ view: { tag } }) => tag?.text.charAt(0) ?? []));
  expect([...seen]).toEqual(expect.arrayContaining(Object.keys(COLOURS)));
});

it('a chart has a colour for each of its groups, of which none says good or bad: its points are no statuses', () => {
  const charts = drawnInAll().flatMap(({ label, view: { chart } }) =>
    chart === undefined ? [] : [{ label, ...chart }],
  );
  expect(charts.length).toBeGreaterThan(0);
  for (const { label, type, points } of charts) {
    const groups = new Set(points.map(({ series }) => series));
    // of bars that are in no two groups each has a colour of its own (dingtalk 4.7)
    expect([type, groups.size], label).toEqual(type === 'lineChart' ? ['lineChart', 1] : ['histogram', 2]);
    expect(groups, label).not.toContain(undefined);
    for (const { x } of points) expect(Object.keys(COLOURS), label).not.toContain(x.charAt(0));
  }
});
