import mongoose from 'mongoose';
import { beforeEach, describe, expect, it } from 'vitest';
import { forgetEverything } from '../../models/database.ts';
import { findProgramme, programmeLines } from '../../models/programmes.ts';
import { readProgrammeHead } from '../../models/settings.ts';
import { servers } from '../../packages/embedded-store/test/stores.ts';
import type { ProgrammeFile } from '../../src/programme/files.ts';
import { applyFirst, applyProgramme, currentVersion, takeBack } from '../../src/programme-in-use/apply.ts';
import { useModels } from '../models/store.ts';
import { shippedFiles, withChange } from '../support/shipped-programme.ts';

const AT = Date.UTC(2026, 10, 24, 3);
const BY_OPERATOR = { by: 'operator', at: AT, cause: 'typed' } as const;
const BY_START = { by: 'system', at: AT, cause: 'start' } as const;

/** A programme that says something of its own. */
function withHour(hour: number): readonly ProgrammeFile[] {
  return withChange('programme.yaml', 'hour: 18', `hour: ${hour}`);
}

async function audited(): Promise<readonly string[]> {
  const rows = await mongoose.connection.collection('audit').find({}).sort({ _id: 1 }).toArray();
  return rows.map(({ what, by, subject, details }) => `${what} ${subject.id} by ${by}, was ${details.was}`);
}

describe.each(servers())('a programme in the $name store', ({ uri }) => {
  useModels(uri);
  beforeEach(forgetEverything);

  it('is kept as it was applied, byte by byte, pictures too, and audited', async () => {
    expect(await applyProgramme(shippedFiles(), BY_OPERATOR)).toEqual({ version: 1, was: undefined, isNew: true });
    const stored = await findProgramme(1);
    const byName = (files: readonly ProgrammeFile[] = []) =>
      Object.fromEntries(files.map(({ name, bytes }) => [name, Buffer.from(bytes).toString('base64')]));
    expect(byName(stored?.files)).toEqual(byName(shippedFiles()));
    expect(await audited()).toEqual(['programme.apply v1 by operator, was 0']);
  });

  it('is not applied again when it says the same', async () => {
    await applyProgramme(shippedFiles(), BY_OPERATOR);
    expect(await applyProgramme(shippedFiles(), BY_OPERATOR)).toEqual({ version: 1, was: 1, isNew: false });
    expect(await programmeLines(9)).toHaveLength(1);
  });

  it('with a mistake leaves everything as it is', async () => {
    await applyProgramme(shippedFiles(), BY_OPERATOR);
    const wrong = withChange('programme.yaml', 'hour: 18', 'hour: 25');
    await expect(applyProgramme(wrong, BY_OPERATOR)).rejects.toMatchObject({ code: 'programme.wrong' });
    expect((await currentVersion())?.version).toBe(1);
    expect(await programmeLines(9)).toHaveLength(1);
  });

  it('of many that start at once, each with a folder of its own, one is first and all others say so', async () => {
    const starts = await Promise.all(Array.from({ length: 8 }, (_, hour) => applyFirst(withHour(hour), BY_START)));
    expect(starts.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(starts.map(({ version }) => version)).toEqual(Array(8).fill(1));
    expect(await audited()).toHaveLength(1);
  });

  it('many that are applied at once are one after the other, none lost, and the last is worked by', async () => {
    const applied = await Promise.all(
      Array.from({ length: 6 }, (_, hour) => applyProgramme(withHour(hour), BY_OPERATOR)),
    );
    expect(applied.map(({ version }) => version).toSorted()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await readProgrammeHead()).toMatchObject({ version: 6 });
    const last = applied.findIndex(({ version }) => version === 6);
    const text = Buffer.from(
      (await currentVersion())?.files.find(({ name }) => name === 'programme.yaml')?.bytes ?? [],
    );
    expect(text.toString()).toContain(`hour: ${last},`);
  });

  it('that breaks off on its way leaves neither a version nor a head', async () => {
    await applyProgramme(shippedFiles(), BY_OPERATOR);
    // version and head are written by then, the audit is not
    const ending = {
      ...BY_OPERATOR,
      get cause(): string {
        throw new Error('the process ends here');
      },
    };
    await expect(applyProgramme(withHour(9), ending)).rejects.toThrow('the process ends here');
    expect((await currentVersion())?.version).toBe(1);
    expect(await findProgramme(2)).toBeUndefined();
    expect(await readProgrammeHead()).toMatchObject({ version: 1 });
  });

  it('is taken back as a new version: the one between stays as it was', async () => {
    await applyProgramme(shippedFiles(), BY_OPERATOR);
    await applyProgramme(withHour(9), BY_OPERATOR);
    expect(await takeBack(undefined, BY_OPERATOR)).toEqual({ version: 3, was: 2, isNew: true });
    const [first, third] = [await findProgramme(1), await findProgramme(3)];
    expect(third).toMatchObject({ fingerprint: first?.fingerprint, takenBackTo: 1 });
    expect(await findProgramme(2)).toMatchObject({ version: 2 });
    expect(await audited()).toContain('programme.takeBack v3 by operator, was 2');
  });

  it('is taken back further when it is taken back again, and to whichever is named', async () => {
    for (const hour of [7, 8, 9]) await applyProgramme(withHour(hour), BY_OPERATOR);
    await takeBack(undefined, BY_OPERATOR);
    expect(await currentVersion()).toMatchObject({ version: 4, takenBackTo: 2 });
    await takeBack(undefined, BY_OPERATOR);
    expect(await currentVersion()).toMatchObject({ version: 5, takenBackTo: 1 });
    await expect(takeBack(undefined, BY_OPERATOR)).rejects.toMatchObject({ code: 'programme.unknown' });
    await takeBack(3, BY_OPERATOR);
    expect(await currentVersion()).toMatchObject({ version: 6, takenBackTo: 3 });
    await expect(takeBack(12, BY_OPERATOR)).rejects.toMatchObject({ code: 'programme.unknown' });
  });
});
