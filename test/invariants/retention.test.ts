import { systemIds } from '@field/kit/ids';
import { createLog } from '@field/kit/log';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { forgetEverything } from '../../models/database.ts';
import { embeddedInEachRun, newFolder } from '../../packages/embedded-store/test/stores.ts';
import { readConfig } from '../../src/config/config.ts';
import { filePhotoStore } from '../../src/media/file-photo-store.ts';
import { DingTalkTime } from '../../src/platform/dingtalk-time.ts';
import { createHeldProgrammes } from '../../src/programme-in-use/held-programmes.ts';
import { createDailyWork } from '../../src/wiring/daily-work.ts';
import { createInFlight } from '../../src/work/in-flight.ts';
import { useModels } from '../models/store.ts';
import { FieldWork } from '../support/growth/field-work.ts';
import { Stored } from '../support/growth/references.ts';
import { howOften } from '../support/how-often.ts';
import { hire } from '../support/shop-under-review.ts';
import { StillClock } from '../support/still-clock.ts';
import { toldNobody } from '../support/told-nobody.ts';

const DAY_MS = 24 * 3_600_000;

/** One thing that happens; `of` chooses what it happens to. */
const STEPS: Readonly<Record<string, (work: FieldWork, of: number) => Promise<unknown>>> = {
  begins: (work) => work.begins(),
  discards: (work, of) => one(work.drafts, of, (draft) => work.discards(draft)),
  submits: (work, of) => one(work.drafts, of, (draft) => work.submits(draft)),
  approvesAll: (work, of) =>
    one(work.shops, of, async (shop) => {
      for (const part of ['', '-1', '-1.posm'] as const) await work.decides(shop, part, 'APPROVED');
    }),
  rejects: (work, of) => one(work.shops, of, (shop) => work.decides(shop, '-1', 'REJECTED')),
  rejectsShop: (work, of) => one(work.shops, of, (shop) => work.decides(shop, '', 'REJECTED')),
  settles: (work, of) => one(work.shops, of, (shop) => work.settles(shop, of % 2 === 0 ? 'CONFIRMED' : 'REVERSED')),
  appeals: (work, of) => one(work.shops, of, (shop) => work.appealsAgainst(shop)),
  answers: (work, of) => one(work.appeals, of, (appeal) => work.answers(appeal, of % 2 === 0 ? 'ACCEPTED' : 'DENIED')),
  isInspected: (work, of) => one(work.shops, of, (shop) => work.isInspected(shop)),
  expires: (work, of) => one(work.tasks, of, (task) => work.expires(task)),
  showsDraft: (work, of) => one(work.drafts, of, (id) => work.shows({ kind: 'draft', id }, 'record')),
  showsAppeal: (work, of) => one(work.appeals, of, (id) => work.shows({ kind: 'appeal', id }, 'record')),
  says: (work) => work.shows({ kind: 'person', id: 'nok' }, 'line'),
  comes: (work, of) => one(work.cards, of, (card) => work.comes(card)),
  folds: (work, of) => one(work.cards, of, (card) => work.folds(card)),
  worksOn: (work, of) => one(work.cards, of, (card) => work.worksOn(card)),
};

async function one(all: readonly string[], of: number, happens: (id: string) => Promise<unknown>): Promise<void> {
  const id = all[of % Math.max(1, all.length)];
  if (id !== undefined) await happens(id);
}

const step = fc.record({
  what: fc.constantFrom(...Object.keys(STEPS)),
  of: fc.nat(1_000),
  days: fc.constantFrom(0, 0, 0, 1, 20, 40, 200, 430),
});

describe.each(embeddedInEachRun())('whatever people did and however long ago, on the $name server', ({ uri }) => {
  useModels(uri);
  beforeEach(forgetEverything);

  it('what something alive points to is never removed, and all that is due is', async () => {
    const steps = fc.array(step, { minLength: 10, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(steps, async (happened) => {
        await forgetEverything();
        const { folder, remove } = newFolder();
        await hire('nok');
        const photos = filePhotoStore(folder);
        const work = new FieldWork(photos);
        const clock = new StillClock(work.now);
        const here = 'http://127.0.0.1';
        const config = readConfig({ DATA_DIR: folder, DINGTALK_API_BASE: here, DINGTALK_OAPI_BASE: here });
        const log = createLog({ level: 'silent' });
        const inFlight = createInFlight();
        const dingTalkTime = new DingTalkTime(clock);
        const own = { process: 'this', clock, dingTalkTime, ids: systemIds, random: () => 0.5 };
        const programmes = createHeldProgrammes(log);
        const services = { ...own, config, log, inFlight, programmes, ...toldNobody() };
        const nothing = (): void => undefined;
        const daily = createDailyWork(services, { photos, wake: nothing, wakeLane: nothing, hasTodoPage: () => false });
        const night = async (): Promise<void> => {
          const before = await (await Stored.read(config.keep, work.now)).dangling(photos);
          daily.wakeHandOver();
          while (inFlight.left().length > 0) await inFlight.changed(inFlight.changes(), 1_000);
          daily.wakeRetention();
          while (inFlight.left().length > 0) await inFlight.changed(inFlight.changes(), 1_000);
          const stored = await Stored.read(config.keep, work.now);
          const dangling = (await stored.dangling(photos)).filter((what) => !before.includes(what));
          expect({ dangling, due: stored.due() }).toEqual({ dangling: [], due: [] });
        };
        for (const { what, of, days } of happened) {
          await STEPS[what]?.(work, of);
          if (days === 0) continue;
          work.now += days * DAY_MS;
          clock.moveTo(work.now);
          await night();
        }
        await night();
        await daily.close();
        remove();
      }),
      { numRuns: howOften({ inEachRun: 6, inFull: 40 }), endOnFailure: true },
    );
  });
});
