import { expect } from 'vitest';
import { story } from '../story.ts';

/** A story that breaks, for the test of stories; the suite does not run it. */
const it = story('Nok promotes a shop');
const lived: string[] = [];

it('she joins', () => {
  lived.push('joins');
});

it('she chooses a product', () => {
  expect(lived).toEqual(['joins']);
  lived.push('chooses');
});

it('she sends the front', () => {
  throw new Error(`after ${lived.join(', ')}`);
});

it('she sends the spots', () => {
  lived.push('never');
});

it('she submits', () => {
  lived.push('never');
});
