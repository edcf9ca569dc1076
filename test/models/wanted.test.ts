import { expect, it } from 'vitest';
import { callClassOf, recordWanted } from '../../models/wanted.ts';

const card = (view: Parameters<typeof callClassOf>[0]['view'], kind: 'record' | 'line' = 'record') => ({ view, kind });

it('what a card is for follows from what it says, and the answer to a step is always its own', () => {
  expect(callClassOf({ ...card('digest'), inGroup: true })).toBe('digest');
  expect(callClassOf(card('review.day'))).toBe('result');
  expect(callClassOf(card('association.request'))).toBe('approval');
  expect(callClassOf(card('team.limitNotice'))).toBe('deadline');
  expect(callClassOf(card('line', 'line'))).toBe('deadline');
  expect(callClassOf({ ...card('line', 'line'), inGroup: true })).toBe('own');
  expect(callClassOf(card('review.day'), 1)).toBe('own');
});

it('a reminder takes the place of the one before of the same, and of no other', () => {
  const seriesOf = (id: string) =>
    recordWanted(
      { ...card('account.request'), to: 'ploy', subject: { kind: 'accountAsk', id }, callClass: 'reminder' },
      0,
    ).series;
  expect(seriesOf('a1')).toBe(seriesOf('a1'));
  expect(seriesOf('a1')).not.toBe(seriesOf('a2'));
});
