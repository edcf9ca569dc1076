import { AppError } from '@field/kit/errors';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { forgetEverything } from '../../../models/database.ts';
import { dropLetter } from '../../../models/dead-letters.ts';
import { callFailed, callWorked, endOutage } from '../../../models/outages.ts';
import { addToOutbox, claimSend, markDead, markSent } from '../../../models/outbox.ts';
import {
  claimPicture,
  dropPictureAside,
  keepPictureAside,
  pictureChecked,
  reservePictures,
} from '../../../models/pictures.ts';
import { inTransaction } from '../../../models/transaction.ts';
import { watchConfiguration } from '../../../src/delivery/configuration-watch.ts';
import { createKeptData } from '../../../src/wiring/kept-data.ts';
import { watchStore } from '../../../src/wiring/store-watch.ts';
import { useModels } from '../../models/store.ts';
import { firing } from '../../support/alerts/evaluate.ts';
import { firesAndClears, type Watched, watched, watchedParts } from '../../support/alerts/watched-parts.ts';
import { RecordingPlatform } from '../../support/in-process/recording-platform.ts';

const { onDisk } = useModels(undefined);
afterEach(forgetEverything);

const MINUTE_MS = 60_000;
const _DAY_MS = 24 * 60 * MINUTE_MS;

describe('delivery', () => {
  const add = (parts: Watched, dueAt: number) =>
    inTransaction((tx) => addToOutbox({ intent: 'card', outTrackId: 'card', priority: 'answer', dueAt }, tx)).then(() =>
      parts.clock.now(),
    );
  async function claim({ clock }: Watched) {
    const row = await claimSend('worker', clock.now(), clock.machine());
    if (row === undefined) throw new Error('nothing to send');
    return row;
  }

  it('DeliveryBehind: what is due is not sent', async () => {
    const parts = watched();
    await firesAndClears('DeliveryBehind', parts, {
      turn: () => add(parts, parts.clock.now() - 301_000),
      clear: () => inTransaction((tx) => markSent('card', tx)),
    });
  });

  it('DingTalkOut: a call fails for ten minutes', async () => {
    const parts = watched();
    const { clock } = parts;
    await firesAndClears('DingTalkOut', parts, {
      async turn() {
        await callFailed('updateCard', { now: clock.now(), askedMs: 0, random: 0 });
        expect(await parts.fires()).not.toContain('DingTalkOut');
        clock.pass(601_000);
      },
      async clear() {
        for (const outage of await callWorked('updateCard', clock.machine())) await endOutage(outage);
      },
    });
  });

  it('AppMisconfigured: the app lacks a permission', async () => {
    const dingTalk = new RecordingPlatform(() => undefined);
    let faults: readonly string[] = [];
    const parts = watched({ configuration: { faults: () => faults } });
    const watch = watchConfiguration(dingTalk, { ...parts.services, random: () => 0.5 });
    const ask = () => watch.platform.contactOf('staff1').catch(() => undefined);
    await firesAndClears('AppMisconfigured', parts, {
      async turn() {
        dingTalk.refuse('contactOf', new AppError('dingtalk.permission'));
        await ask();
        faults = watch.faults();
      },
      async clear() {
        dingTalk.allow('contactOf');
        parts.clock.pass(30 * MINUTE_MS);
        await ask();
        faults = watch.faults();
      },
    });
  });

  it('GivenUp: DingTalk does not take a card, until an operator drops it', async () => {
    const parts = watched();
    await firesAndClears('GivenUp', parts, {
      async turn() {
        await add(parts, parts.clock.now());
        await markDead(await claim(parts), { error: 'dingtalk.refused', deadAt: parts.clock.now() });
      },
      clear: () => dropLetter('card'),
    });
  });
});

describe('pictures', () => {
  const reserve = (count: number, at: number) =>
    inTransaction((tx) =>
      reservePictures(
        Array.from({ length: count }, (_, seq) => ({
          pictureId: `m#${seq}`,
          userId: 'nok',
          about: { kind: 'draft', id: 'draft' } as const,
          isoId: 'iso',
          seq,
          downloadCode: `code ${seq}`,
          sentAt: at,
        })),
        tx,
      ),
    );

  it('PicturesWait: more come than are checked', async () => {
    const parts = watched();
    const { clock } = parts;
    await firesAndClears('PicturesWait', parts, {
      turn: () => reserve(51, clock.now()),
      async clear() {
        for (let at = 0; at < 2; at += 1) {
          const picture = await claimPicture('worker', clock.now(), clock.machine());
          await pictureChecked(picture?.pictureId ?? '', 'worker', {});
        }
      },
    });
  });

  it('PicturesKeptAside: one ends whoever checks it, until an operator drops it', async () => {
    const parts = watched();
    const { clock } = parts;
    await firesAndClears('PicturesKeptAside', parts, {
      async turn() {
        await reserve(1, clock.now());
        await claimPicture('worker', clock.now(), clock.machine());
        await keepPictureAside('m#0', 'worker', { verdict: {}, now: clock.now() });
      },
      clear: () => dropPictureAside('m#0'),
    });
  });

  it('PictureMemory: the checker holds too much', async () => {
    let held = 0;
    const parts = watched({ checkerHolds: () => held });
    await firesAndClears('PictureMemory', parts, {
      turn: () => {
        held = 460 * 1024 * 1024;
      },
      clear: () => {
        held = 100 * 1024 * 1024;
      },
    });
  });
});

describe('what is stored', () => {
  it('CannotSave: the disk takes nothing', async () => {
    const parts = watched();
    const { dataDir, metrics, services } = parts;
    const watch = watchStore({
      dataDir,
      lowBytes: 0,
      log: services.log,
      metrics,
      machine: Date.now,
      savesAgain: () => undefined,
    });
    onTestFinished(() => watch.close());
    await watch.look();
    await firesAndClears('CannotSave', parts, {
      async turn() {
        onDisk('failing');
        await watch.look();
      },
      async clear() {
        onDisk(undefined);
        await watch.look();
      },
    });
  });

  it('DiskLow: there is little room', async () => {
    const room = async (lowBytes: number): Promise<string> => {
      const { dataDir, metrics, services } = watchedParts();
      const watch = watchStore({
        dataDir,
        lowBytes,
        log: services.log,
        metrics,
        machine: Date.now,
        savesAgain: () => undefined,
      });
      await watch.look();
      watch.close();
      return await metrics.metrics();
    };
    const [little, enough] = [await room(Number.MAX_SAFE_INTEGER), await room(0)];
    const since = [
      { at: 0, text: enough },
      { at: 1, text: little },
    ];
    expect(firing([...since, { at: 5, text: little }])).toEqual([]);
    expect(firing([...since, { at: 6, text: little }])).toEqual(['DiskLow']);
    expect(firing([...since, { at: 6, text: little }, { at: 7, text: enough }])).toEqual([]);
  });

  it('TransactionsRetried: many lose their race', async () => {
    const parts = watched();
    const twice = async (): Promise<void> => {
      let tries = 0;
      await inTransaction(async () => {
        tries += 1;
        if (tries === 1) throw new AppError('subject.lostRace');
      });
    };
    await firesAndClears('TransactionsRetried', parts, {
      turn: () => Promise.all(Array.from({ length: 301 }, twice)),
      clear: () => undefined,
    });
  });

  it('StoreDamaged: the disk did not keep something', async () => {
    let kept = createKeptData(watchedParts().services.log);
    const parts = watched({
      kept: { figures: [{ name: 'store_damage', read: async () => (await kept.figures[1]?.read()) ?? 0 }] },
    });
    await firesAndClears('StoreDamaged', parts, {
      turn: () => kept.examined({ documents: 7, damage: ['cards/1'] }),
      // the backup is put back, and the bot starts on it
      clear: () => {
        kept = createKeptData(parts.services.log);
        kept.examined({ documents: 7, damage: [] });
      },
    });
  });
});
