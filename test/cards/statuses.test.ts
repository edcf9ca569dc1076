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

/** The first colours of a chart on the demo's page: blue, green, red. Which ones DingTalk has is not documented: so each bar has its mark. */
const CHART_COLOURS = ['info', 'success', 'danger'] as const;

it('a mark has in a chart the colour that it has on cards, and a number of a status has its mark', () => {
  const charts = drawnInAll.flatMap(({ label, view: { chart } }) => (chart === undefined ? [] : [{ label, ...chart }]));
  expect(charts.length).toBeGreaterThan(0);
  for (const { label, points } of charts) {
    const colours = points.map(({ x }) => new Map(Object.entries(COLOURS)).get(x.charAt(0)));
    expect(colours, label).toEqual(CHART_COLOURS.slice(0, points.length));
  }
});
