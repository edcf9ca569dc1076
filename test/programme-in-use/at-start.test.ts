import mongoose from 'mongoose';
import { beforeEach, describe, expect, it } from 'vitest';
import { forgetEverything } from '../../models/database.ts';
import { findProgramme } from '../../models/programmes.ts';
import { servers } from '../../packages/embedded-store/test/stores.ts';
import { applyFirst, applyProgramme, currentVersion } from '../../src/programme-in-use/apply.ts';
import { programmeAtStart } from '../../src/programme-in-use/at-start.ts';
import { createHeldProgrammes } from '../../src/programme-in-use/held-programmes.ts';
import { useModels } from '../models/store.ts';
import { logLines } from '../support/log-lines.ts';
import { SHIPPED_FOLDER, shippedFiles, withChange } from '../support/shipped-programme.ts';

const APPLYING = { at: 1, cause: 'start' } as const;

describe.each(servers())('a programme of an earlier release in the $name store', ({ uri }) => {
  useModels(uri);
  beforeEach(forgetEverything);

  /** As a release wrote it that did not know a word which this one needs. */
  async function earlier(): Promise<void> {
    const version = await currentVersion();
    const texts = withChange('th.yaml', /^before:.*$/m, '').map(({ name, bytes }) =>
      name.endsWith('.yaml')
        ? { name, text: Buffer.from(bytes).toString('utf8') }
        : { name, base64: Buffer.from(bytes).toString('base64') },
    );
    const change = { $set: { files: texts, fingerprint: 'of then' } };
    await mongoose.connection.collection('programmes').updateOne({ version: version?.version }, change);
  }

  async function starts() {
    const told = logLines('info');
    const held = createHeldProgrammes(told.log);
    const { readingOf } = held;
    await programmeAtStart({ folder: SHIPPED_FOLDER, readingOf, log: told.log, at: 2, cause: 'start' });
    return { told, held, looked: held.look() };
  }

  it('that came from its folder by itself gives way to the folder, once, and what was made under it goes on', async () => {
    await applyFirst(shippedFiles(), { by: 'system', ...APPLYING });
    await earlier();
    const { told, held, looked } = await starts();
    await looked;
    expect(held.current().version).toBe(2);
    expect(told.of('programme.applied')).toMatchObject([{ version: 2, was: 1 }]);
    expect((await held.at(1)).version).toBe(2);
    const again = await Promise.all([starts(), starts()]);
    await Promise.all(again.map((one) => one.looked));
    for (const one of again) expect(one.told.of('programme.applied')).toEqual([]);
    expect(await findProgramme(3)).toBeUndefined();
  });

  it('gives way once where several start at the same time', async () => {
    await applyFirst(shippedFiles(), { by: 'system', ...APPLYING });
    await earlier();
    const started = await Promise.all(Array.from({ length: 5 }, starts));
    // a look that is still under way would find the store of the next test
    await Promise.all(started.map(({ looked }) => looked));
    expect((await currentVersion())?.version).toBe(2);
    expect(await findProgramme(3)).toBeUndefined();
  });

  it('that an operator applied stays, and it is said what to do', async () => {
    await applyProgramme(shippedFiles(), { by: 'operator', ...APPLYING });
    await earlier();
    const { told, looked } = await starts();
    await expect(looked).rejects.toMatchObject({ code: 'programme.unreadable', details: { version: 1 } });
    expect(told.of('programme.applied')).toEqual([]);
    expect((await currentVersion())?.version).toBe(1);
  });
});

describe('what files say', () => {
  useModels(undefined);
  beforeEach(forgetEverything);

  it('is read once for a start and for all that comes after it, in a store that was emptied too', async () => {
    const { log } = logLines('silent');
    const held = createHeldProgrammes(log);
    const { readingOf } = held;
    const starts = async () => {
      await programmeAtStart({ folder: SHIPPED_FOLDER, readingOf, log, at: 1, cause: 'start' });
      await held.look();
      return held.current().programme;
    };
    const first = await starts();
    await forgetEverything();
    expect(await starts()).toBe(first);
    expect(readingOf(shippedFiles())).toEqual({ programme: first });
    expect(readingOf(withChange('programme.yaml', 'hour: 18', 'hour: 17'))).toHaveProperty(
      'programme.deadlines.hour',
      17,
    );
    expect(readingOf([])).toHaveProperty('mistakes');
  });
});
