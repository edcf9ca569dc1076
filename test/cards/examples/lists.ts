import type { Faces } from './faces.ts';

const whatIsAsked = { exportId: 'e1', list: 'promotions', period: 'THIS_MONTH' } as const;
const asked = { ...whatIsAsked, rows: 0, files: 0, opened: true, closed: false } as const;

export const LISTS: Faces<'team.lists' | 'team.export'> = {
  'team.lists': { asked: {} },
  'team.export': {
    making: { ...asked, state: 'ASKED' },
    sent: { ...asked, list: 'failures', period: 'DAYS_30', state: 'SENT', rows: 101_204, files: 2 },
    fees: { ...asked, list: 'fees', period: 'LAST_MONTH', state: 'SENT', rows: 1_204, files: 1, closed: true },
    empty: { ...asked, list: 'tasks', period: 'LAST_MONTH', state: 'EMPTY' },
    unsure: { ...asked, state: 'UNSURE', rows: 12, files: 1 },
    unsureBelow: { ...asked, list: 'digests', state: 'UNSURE', rows: 12, files: 1, opened: false },
    failed: { ...asked, list: 'people', period: 'ALL', state: 'FAILED', opened: false },
  },
};
