import { expect, it } from 'vitest';
import { translator } from '../../cards/text.ts';
import { type FaceModels, render } from '../../cards/views.ts';
import { LANGUAGES, type Language } from '../../src/domain/languages.ts';
import { SHIPPED_WORDS } from '../support/shipped-programme.ts';
import { EXAMPLES } from './examples.ts';

const ZONE = 'Asia/Bangkok';
/** Friday 18:00 in Bangkok. */
const UNTIL = Date.UTC(2026, 10, 27, 11);
const hour = (day: number, at: number): number => Date.UTC(2026, 10, day, at - 7);
const when = (now: number) => ({ now, timeZone: ZONE });

/** Every card that says how much time is left, about one deadline. */
function cardsAt(now: number, language: Language): readonly string[] {
  const menu: FaceModels['menu'] = { ...EXAMPLES.menu.failed, ...when(now) } as FaceModels['menu'];
  const failures = menu.failures && { ...menu.failures, deadlineAt: UNTIL };
  const [row] = EXAMPLES['team.failed'].found?.rows ?? [];
  const [work] = EXAMPLES.handOver.nobodys?.rows ?? [];
  const t = translator(language, SHIPPED_WORDS);
  const views = [
    render('menu', { ...menu, failures }, t),
    render('review.item', { ...example('review.item', 'failed'), ...when(now), deadlineAt: UNTIL }, t),
    render('review.list', withRows(example('review.list', 'failed'), now), t),
    render(
      'team.failed',
      { ...example('team.failed', 'found'), ...when(now), rows: row ? [{ ...row, deadlineAt: UNTIL }] : [] },
      t,
    ),
    render('team.failedItem', { ...example('team.failedItem', 'rejected'), ...when(now), deadlineAt: UNTIL }, t),
    render(
      'handOver',
      { ...example('handOver', 'nobodys'), ...when(now), rows: work ? [{ ...work, dueAt: UNTIL }] : [] },
      t,
    ),
    render(
      'inspection.submitted',
      { ...example('inspection.submitted', 'rejected'), ...when(now), deadlineAt: UNTIL },
      t,
    ),
  ];
  return views.map((view) => JSON.stringify(view));
}

function example<
  Face extends 'review.item' | 'review.list' | 'team.failed' | 'team.failedItem' | 'handOver' | 'inspection.submitted',
>(face: Face, named: string): FaceModels[Face] {
  const found = (EXAMPLES[face] as Readonly<Record<string, FaceModels[Face]>>)[named];
  if (found === undefined) throw new Error(`no example ${face} ${named}`);
  return found;
}

function withRows(list: FaceModels['review.list'], now: number): FaceModels['review.list'] {
  return { ...list, ...when(now), rows: list.rows.slice(0, 1).map((row) => ({ ...row, deadlineAt: UNTIL })) };
}

/** As the text itself says it; English once in full, so that this is held against something. */
function said(language: Language): readonly string[] {
  const t = translator(language);
  return [3, 1, 0].map((days) => t('time.left', { days }));
}

it('says it in words', () => {
  expect(said('en')).toEqual(['3 days left', '1 day left', 'last day']);
});

it.each(LANGUAGES)('every card says the same time left, all day long: %s', (language) => {
  const [three = '', one = '', last = ''] = said(language);
  for (const [left, hours] of [
    [three, [hour(24, 0), hour(24, 7), hour(24, 18), hour(24, 23)]],
    [one, [hour(26, 0), hour(26, 23)]],
    [last, [hour(27, 0), hour(27, 17)]],
  ] as const)
    for (const now of hours)
      expect(cardsAt(now, language)).toEqual(cardsAt(now, language).map(() => expect.stringContaining(left)));
});
