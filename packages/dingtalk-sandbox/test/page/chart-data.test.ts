import { expect, test } from 'vitest';
import { readChart } from '../../src/page/state/chart-data.ts';

test('the points of a chart stay in the groups that their `type` names', () => {
  const chart = {
    type: 'lineChart',
    data: [
      { x: 'Mon', y: 3, type: 'A' },
      { x: 'Mon', y: '5', type: 'B' },
      { x: 'Tue', y: 4, type: 'A' },
    ],
  };
  expect(readChart(chart)).toEqual({
    type: 'lineChart',
    series: [
      {
        name: 'A',
        points: [
          { x: 'Mon', from: 0, to: 3, value: '3' },
          { x: 'Tue', from: 0, to: 4, value: '4' },
        ],
      },
      { name: 'B', points: [{ x: 'Mon', from: 0, to: 5, value: '5' }] },
    ],
  });
});

test('a bar may reach from one value to another, and a value may be below zero', () => {
  const chart = {
    type: 'histogram',
    data: [
      { x: 'Mon', y: [2, 6] },
      { x: 'Tue', y: -4 },
    ],
  };
  expect(readChart(chart)?.series).toEqual([
    {
      name: '',
      points: [
        { x: 'Mon', from: 2, to: 6, value: '2 to 6' },
        { x: 'Tue', from: 0, to: -4, value: '-4' },
      ],
    },
  ]);
});

test('what is no point is left out, and what is no chart is none', () => {
  expect(readChart({ data: [{ x: 'Mon', y: 'many' }, { x: 'Tue' }, 'Wed', { x: 'Thu', y: 1 }] })).toEqual({
    type: 'histogram',
    series: [{ name: '', points: [{ x: 'Thu', from: 0, to: 1, value: '1' }] }],
  });
  expect(readChart('a chart')).toBeUndefined();
  expect(readChart({ type: 'pieChart' })).toBeUndefined();
});
