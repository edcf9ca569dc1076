import { beforeEach, describe, expect, it } from 'vitest';
import { loadCard } from '../../handlers/views.ts';
import { addAppeal, changeAppeal, findAppeal } from '../../models/appeals.ts';
import type { Card } from '../../models/cards.ts';
import { database, forgetEverything } from '../../models/database.ts';
import { addIso } from '../../models/isos.ts';
import { changeItem } from '../../models/items.ts';
import { changePerson, findPerson } from '../../models/people.ts';
import { writeInstallation } from '../../models/settings.ts';
import { inTransaction } from '../../models/transaction.ts';
import { remedyDeadline } from '../../src/domain/remedy-deadline.ts';
import { answerRule } from '../../src/programme/answer-rule.ts';
import { useModels } from '../models/store.ts';
import { typed } from '../operator/typed.ts';
import { programmeOf, shippedProgramme, withChange } from '../support/shipped-programme.ts';
import { DAY_MS, decide, hire, itemOf, NOW, submitShop } from '../support/shop-under-review.ts';

/** Tuesday 24 November, ten in the morning in Bangkok; until 18:00 five days later. */
const DUE = Date.UTC(2026, 10, 29, 11);

describe('an appeal that was sent', () => {
  useModels(process.env.REALDB_URI);

  beforeEach(async () => {
    await forgetEverything();
    const iso = { name: 'ISO', email: 'iso@iso.example', country: 'TH', timeZone: 'Asia/Bangkok', language: 'en' };
    await inTransaction((tx) => addIso({ isoId: 'iso', joinToken: 'join', ...iso }, tx));
    await writeInstallation({ limits: { calls: 1_000, pushes: 1_000 }, invitationsADay: 20, programmeTimeZone: 'UTC' });
    await hire('nok');
    await hire('ploy');
    await submitShop('nok', 'coffee', { spots: 1 });
    await decide('coffee-1', 'REJECTED');
    const { revision } = await itemOf('coffee-1');
    const against = { againstRevision: revision, againstReasonCodes: ['SPOT_NOT_FIXED'], programme: 1 };
    const appeal = { appealId: 'a1', itemRef: 'coffee-1', isoId: 'iso', userId: 'nok', startedAt: NOW, ...against };
    await inTransaction(async (tx) => {
      await changePerson('ploy', { role: 'ADMIN' }, tx);
      await addAppeal(appeal, tx);
    });
    const [item, draft] = [await itemOf('coffee-1'), await findAppeal('a1')];
    await inTransaction(async (tx) => {
      await changeItem(item, { state: 'APPEALING' }, tx);
      if (draft !== undefined) await changeAppeal(draft, { state: 'FILED', filedAt: NOW }, tx);
    });
  });

  async function drawn(view: Card['view'], subject: Card['subject'], now: number, who = 'nok') {
    const viewer = await findPerson(who);
    if (viewer === undefined) throw new Error(`nobody is ${who}`);
    return await loadCard({ view, subject, kind: 'record', viewer: who } as Card, viewer, now);
  }

  it('says by when it is answered, on its own card and on that of its spot', async () => {
    for (const [view, subject] of [
      ['review.appealSent', { kind: 'appeal', id: 'a1' }],
      ['review.item', { kind: 'item', id: 'coffee-1' }],
    ] as const) {
      expect((await drawn(view, subject, NOW)).model).toMatchObject({ answerBy: DUE, timeZone: 'Asia/Bangkok' });
    }
  });

  it('stands on the list of the admins once its answer is late, and no longer when it came', async () => {
    const late = async (now: number) => {
      const subject = { kind: 'page', id: '1' } as const;
      const [home, list] = [
        await drawn('team', { kind: 'person', id: 'ploy' }, now, 'ploy'),
        await drawn('team.appeals', subject, now, 'ploy'),
      ];
      return [home.model, list.model];
    };
    expect(await late(DUE - 1)).toMatchObject([{ lateAppeals: 0 }, { count: 0, rows: [] }]);
    expect(await late(DUE)).toMatchObject([
      { lateAppeals: 1 },
      { count: 1, rows: [{ name: { kind: 'spot' }, staff: 'nok', answerBy: DUE }] },
    ]);
    const appeal = await findAppeal('a1');
    await inTransaction(async (tx) => {
      if (appeal !== undefined) await changeAppeal(appeal, { state: 'DENIED', decidedAt: DUE }, tx);
    });
    expect(await late(DUE + DAY_MS)).toMatchObject([{ lateAppeals: 0 }, { count: 0 }]);
  });

  it('is counted whoever’s of the team it is, whichever version of the programme it is of, and in the order in which they are due', async () => {
    for (const who of ['sam', 'lek']) await hire(who);
    await inTransaction(async (tx) => {
      for (const who of ['sam', 'lek']) await changePerson(who, { role: 'SUPERVISOR' }, tx);
      await changePerson('nok', { supervisorId: 'sam' }, tx);
    });
    const rows = database().collection<{ _id: string; programme?: number }>('appeals');
    const { programme: _, ...first } = (await rows.findOne({ _id: 'a1' })) ?? { _id: '' };
    await rows.insertOne({ ...first, _id: 'a2', itemRef: 'coffee', filedAt: NOW - DAY_MS } as { _id: string });
    const listed = async (who: string, now: number) =>
      (await drawn('team.appeals', { kind: 'page', id: '1' }, now, who)).model;
    expect(await drawn('team', { kind: 'person', id: 'sam' }, DUE, 'sam')).toMatchObject({ model: { lateAppeals: 2 } });
    expect(await listed('sam', DUE)).toMatchObject({ count: 2, rows: [{ answerBy: DUE - DAY_MS }, { answerBy: DUE }] });
    expect(await listed('ploy', DUE - 1)).toMatchObject({ count: 1, rows: [{ name: { kind: 'store' } }] });
    expect(await listed('lek', DUE)).toMatchObject({ count: 0, rows: [] });
  });

  it('is listed for the operator by when it is to be answered', async () => {
    const { out } = await typed('appeals list');
    expect(out).toContain(`a1  about coffee-1, sent ${new Date(NOW).toISOString()}`);
    expect(out).toContain(`answer by ${new Date(DUE).toISOString()}`);
    const { appeals } = JSON.parse((await typed('appeals list --json')).out);
    expect(appeals).toMatchObject([{ iso: 'iso@iso.example', appealId: 'a1', itemRef: 'coffee-1' }]);
  });
});

it('is answered in working days where the programme names them, in five where it says nothing', () => {
  const place = { market: 'TH', timeZone: 'Asia/Bangkok' };
  const work = 'TH: { workingDays: [1, 2, 3, 4, 5], holidays: ["2026-11-26"] }';
  const worked = withChange('programme.yaml', /markets:\n(?: {2}.*\n)+/, `markets:\n  ${work}\n`);
  const silent = withChange('programme.yaml', /appeals: .*\n/, '');
  const due = (programme: ReturnType<typeof programmeOf>) => remedyDeadline(NOW, answerRule(programme, place));
  expect([due(shippedProgramme()), due(programmeOf(silent))]).toEqual([DUE, DUE]);
  // Wednesday, not Thursday, Friday, not the weekend, Monday to Wednesday
  expect(due(programmeOf(worked))).toBe(Date.UTC(2026, 11, 2, 11));
});
