import { DAY_MS } from '@field/kit/calendar';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overIfBefore, remedyDeadline } from '../../src/domain/remedy-deadline.ts';
import { answerRule } from '../../src/programme/answer-rule.ts';
import { deadlineRule } from '../../src/programme/deadline-rule.ts';
import { reasonsOf } from '../../src/programme/reasons-of.ts';
import { programmeOf, shippedProgramme, withChange } from '../support/shipped-programme.ts';
import '../support/one-seed.ts';

/** Tuesday morning in Bangkok. */
const LANDED = Date.UTC(2026, 10, 24, 2);
const BANGKOK = { market: 'TH', timeZone: 'Asia/Bangkok' };

function deadlineBy(programme = shippedProgramme(), place = BANGKOK, codes: readonly string[] = []): string {
  const { of } = reasonsOf(programme);
  return new Date(remedyDeadline(LANDED, deadlineRule(programme, place, codes.map(of)))).toISOString();
}

describe('what failed can be put right', () => {
  it('until 18:00 at the shop, three days after it was told', () => {
    expect(deadlineBy()).toBe('2026-11-27T11:00:00.000Z');
  });

  it('by the clock of the shop, which is that of its ISO where the programme says none', () => {
    expect(deadlineBy(undefined, { market: 'JP', timeZone: 'Asia/Bangkok' })).toBe('2026-11-27T09:00:00.000Z');
    expect(deadlineBy(undefined, { market: 'AU', timeZone: 'Australia/Sydney' })).toBe('2026-11-27T07:00:00.000Z');
    expect(deadlineBy(undefined, { market: 'XX', timeZone: 'UTC' })).toBe('2026-11-27T18:00:00.000Z');
  });

  it('for working days without holidays, where those count', () => {
    const work =
      'TH: { currency: THB, timeZone: Asia/Bangkok, workingDays: [1, 2, 3, 4, 5], holidays: ["2026-11-26"] }';
    const alone = withChange('programme.yaml', /markets:\n(?: {2}.*\n)+/, `markets:\n  ${work}\n`);
    const counted = withChange('programme.yaml', 'count: calendar', 'count: working', alone);
    // Wednesday, not Thursday, Friday, not the weekend, Monday
    expect(deadlineBy(programmeOf(counted))).toBe('2026-11-30T11:00:00.000Z');
  });

  it('for as long as the reason that gives most says, if one says', () => {
    const patient = programmeOf(
      withChange('programme.yaml', 'CONSENT_MISSING: { scope: store,', 'CONSENT_MISSING: { days: 10, scope: store,'),
    );
    expect(deadlineBy(patient, BANGKOK, ['STORE_NAME_MISMATCH'])).toBe('2026-11-27T11:00:00.000Z');
    const both = ['STORE_NAME_MISMATCH', 'CONSENT_MISSING'];
    expect(deadlineBy(patient, BANGKOK, both)).toBe('2026-12-04T11:00:00.000Z');
  });

  it('is over of all that landed before one moment, and of nothing after it', () => {
    const worked = 'TH: { workingDays: [1, 2, 3, 4, 5], holidays: ["2026-11-26"] }';
    const some = [
      shippedProgramme(),
      programmeOf(withChange('programme.yaml', /markets:\n(?: {2}.*\n)+/, `markets:\n  ${worked}\n`)),
    ];
    const rules = some.flatMap((programme) => [deadlineRule(programme, BANGKOK, []), answerRule(programme, BANGKOK)]);
    const moment = fc.integer({ min: LANDED - 30 * DAY_MS, max: LANDED + 30 * DAY_MS });
    fc.assert(
      fc.property(fc.constantFrom(...rules), moment, moment, (rule, landed, now) => {
        expect(remedyDeadline(landed, rule) <= now).toBe(landed < overIfBefore(now, rule));
      }),
    );
  });
});
