import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { statesOf } from '../../src/domain/moves.ts';
import { PERSON_MOVES, type PersonRole, type PersonState } from '../../src/domain/person-state.ts';
import { isOneOf, WHO } from '../../src/domain/who.ts';

const roles: readonly PersonRole[] = ['STAFF', 'SUPERVISOR', 'ADMIN'];

describe('who may do something', () => {
  it('each may what all those before them may', () => {
    const somebody = fc.record({
      state: fc.constantFrom<PersonState>(...statesOf(PERSON_MOVES)),
      role: fc.constantFrom(...roles),
      isoId: fc.constantFrom('iso', undefined),
    });
    fc.assert(
      fc.property(somebody, (one) => {
        const may = WHO.map((who) => isOneOf(one, who));
        expect(may).toEqual(may.toSorted((a, b) => Number(b) - Number(a)));
      }),
    );
  });

  it.each<[PersonRole, number]>([
    ['STAFF', 2],
    ['SUPERVISOR', 3],
    ['ADMIN', 4],
  ])('%s, at work for an ISO', (role, count) => {
    const one = { state: 'ACTIVE', role, isoId: 'iso' } as const;
    expect(WHO.filter((who) => isOneOf(one, who))).toEqual(WHO.slice(0, count));
  });

  it.each<PersonState>(['UNKNOWN', 'PAUSED', 'SUSPENDED'])('who is %s may what anyone may', (state) => {
    expect(WHO.filter((who) => isOneOf({ state, role: 'ADMIN', isoId: 'iso' }, who))).toEqual(['anyone']);
  });
});
