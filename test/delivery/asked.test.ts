import { expect, it } from 'vitest';
import { translator } from '../../cards/text.ts';
import type { FaceName } from '../../cards/views.ts';
import type { Card } from '../../models/cards.ts';
import { leftAt } from '../../src/delivery/asked.ts';
import { EXAMPLES } from '../cards/examples.ts';

const NEVER_MOVES: readonly FaceName[] = ['digest', 'group', 'line', 'notice'];

it('whatever card moved on says what it was, also where its own title named somebody', () => {
  const untitled = Object.keys(EXAMPLES).filter((view) => {
    const moved = { view, subject: { kind: 'person', id: 'nok' } } as Card;
    return !leftAt(moved, translator('en'))?.title;
  });
  expect(untitled.sort()).toEqual(NEVER_MOVES);
});
