import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { statesOf } from '../../src/domain/moves.ts';
import { PERSON_MOVES, type PersonRole, type PersonState } from '../../src/domain/person-state.ts';
import { isOneOf, WHO } from '../../src/domain/who.ts';

const roles: readonly PersonRole[] = ['STAFF', 'SUPERVISOR', 'ADMIN'];

const NOW = 1_000;
/** Each may what those before them may; who was in an ISO formerly stands beside them. */
const AT_WORK = WHO.filter((who) => who !== 'formerly');

describe('who may do something', () => {
  it('each may what all those before them may', () => {
    const somebody = fc.record({
      state: fc.constantFrom<PersonState>(...statesOf(PERSON_MOVES)),
      role: fc.constantFrom(...roles),
      isoId: fc.constantFrom('iso', undefined),
    });
    fc.assert(
      fc.property(somebody, (one) => {
        const may = AT_WORK.map((who) => isOneOf(one, who, NOW));
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
    expect(WHO.filter((who) => isOneOf(one, who, NOW))).toEqual(AT_WORK.slice(0, count));
  });

  it.each<PersonState>(['UNKNOWN', 'PAUSED', 'SUSPENDED'])('who is %s may what anyone may', (state) => {
    expect(WHO.filter((who) => isOneOf({ state, role: 'ADMIN', isoId: 'iso' }, who, NOW))).toEqual(['anyone']);
  });

  it('who was in an ISO is so for their time, wherever they work now, unless they are shut out there', () => {
    const was = (state: PersonState, until: number) =>
      isOneOf({ state, role: 'STAFF', formerIso: { until } }, 'formerly', NOW);
    expect([was('UNKNOWN', NOW + 1), was('ACTIVE', NOW + 1), was('UNKNOWN', NOW)]).toEqual([true, true, false]);
    expect([was('PAUSED', NOW + 1), was('SUSPENDED', NOW + 1)]).toEqual([false, false]);
  });
});
