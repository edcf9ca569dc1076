import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { withAssignment } from '../../handlers/inspection/task-at-hand.ts';
import { createCodeSettler } from '../../handlers/promotion/settle-codes.ts';
import { addAssociations } from '../../models/associations.ts';
import { activeBinding, bindCodes, bindingsOfSpots } from '../../models/bindings.ts';
import { noteShape } from '../../models/code-shapes.ts';
import { forgetEverything } from '../../models/database.ts';
import { addDraft, changeDraft, findDraft } from '../../models/drafts.ts';
import { addTask, changeTask, findTask } from '../../models/inspection-tasks.ts';
import { addPhoto, findingsOf } from '../../models/photos.ts';
import { unseal } from '../../models/sealing.ts';
import { addSubmissions, submissionsToHandOver } from '../../models/submissions.ts';
import { inTransaction } from '../../models/transaction.ts';
import { embeddedInEachRun, newFolder } from '../../packages/embedded-store/test/stores.ts';
import { submissionLine } from '../../src/daily/submission-line.ts';
import { type Code, readPayload } from '../../src/domain/code.ts';
import { shapeOf } from '../../src/domain/code-shape.ts';
import { isErasedContent } from '../../src/domain/erased-content.ts';
import { codesAt } from '../../src/flow/codes-at.ts';
import { newDraft } from '../../src/flow/engine.ts';
import { newInspection } from '../../src/inspection/inspection.ts';
import { useModels } from '../models/store.ts';
import { MARKETING_CODE_FLOW } from '../support/shipped-programme.ts';
import { hire, NOW } from '../support/shop-under-review.ts';
import { typed } from './typed.ts';

describe.each(embeddedInEachRun())('what codes say of people, on the $name server', ({ uri }) => {
  useModels(uri);
  beforeEach(forgetEverything);

  const VCARD = 'BEGIN:VCARD\nN:Suda;Malee\nTEL:+66-81-234-4821\nEMAIL:m@shop.example\nEND:VCARD';
  /** What a phone pays to, with the same number in it: known to be something else. */
  const PAYS_TO = '00020101021129370016A000000677010111011300668123448215802TH';
  const OTHER = 'https://codes.example/x/AB12CD34';

  function unknown(says: string): Code {
    const read = readPayload(says, MARKETING_CODE_FLOW.codes);
    if (read.kind !== 'unknown') throw new Error(`${says} is ${read.kind}`);
    return read.code;
  }

  /** A visiting card stands at a spot as its code, and everywhere else where what codes say is kept. */
  async function standsEverywhere(by = 'lek'): Promise<void> {
    await hire(by);
    const code = unknown(VCARD);
    const found = { codes: [VCARD, PAYS_TO, OTHER], weaknesses: [] };
    const kept = {
      sha256: 'a'.repeat(64),
      codes: [],
      foreign: true,
      says: 'paymentCode',
      weaknesses: [],
      accepted: false,
    } as const;
    const photo = {
      photoId: 'photo',
      seq: 1,
      at: NOW,
      aim: {},
      where: { kind: 'tray' },
      kept: { ...kept, unknown: [code], others: [VCARD, PAYS_TO] },
    } as const;
    const draft = {
      ...newDraft(MARKETING_CODE_FLOW),
      photos: [photo],
      spots: [
        {
          key: 'spot',
          answers: {},
          skipped: false,
          code: { ...code, method: 'PHOTO_DECODE', ownership: 'free' } as const,
        },
      ],
    };
    const line = {
      format: 1,
      submissionKey: 'spot.posm#1',
      itemType: 'POSM',
      itemRef: 'spot.posm',
      revision: 1,
      isoId: 'iso',
      staffRef: by,
      submittedAt: new Date(NOW).toISOString(),
      values: {},
      photos: [],
      promotionNumber: 'P-1',
      product: 'MARKETING_CODE',
      storeRef: 'store',
      spotRef: 'spot',
      code: { payload: code.canonicalUrl, method: 'PHOTO_DECODE', unknown: true },
    };
    const facts = {
      storeRef: 'store',
      storeName: 'Shop',
      address: 'Silom',
      countryRegion: 'TH',
      acceptsOnlyAlipay: false,
    };
    const due = { dueAt: NOW, priority: 1, spotRefs: ['spot'], promoters: [by], asOf: '20261124_001', assigneeId: by };
    await inTransaction(async (tx) => {
      const { shape } = shapeOf(VCARD);
      const shapeId = await noteShape({ shape, product: 'MARKETING_CODE', firstAt: NOW }, tx);
      const whose = {
        isoId: 'iso',
        spotId: 'spot',
        storeId: 'store',
        boundBy: by,
        boundAt: NOW,
        method: 'PHOTO_DECODE',
      } as const;
      const doubt = { doubt: 'unknown', shapeId, judgedBy: 1 } as const;
      await bindCodes([{ bindingId: 'bound', code, ...whose, ...doubt, proofPhoto: 'photo' }], tx);
      await addDraft(
        { draftId: 'draft', userId: by, isoId: 'iso', product: 'MARKETING_CODE', draft, updatedAt: NOW },
        tx,
      );
      await addSubmissions(
        [{ submissionKey: 'spot.posm#1', isoId: 'iso', submittedAt: NOW, programme: 1, line, photoHashes: [] }],
        tx,
      );
      await addPhoto(
        {
          photoId: 'photo',
          isoId: 'iso',
          userId: by,
          contentHash: 'a',
          originalHash: 'a',
          width: 1,
          height: 1,
          sentAt: NOW,
          about: { kind: 'draft', id: 'draft' },
          found,
        },
        tx,
      );
      await addTask({ taskId: 'task', sourceKey: 't', isoId: 'iso', ...facts, ...due }, tx);
    });
    const task = await findTask('task');
    if (task === undefined) throw new Error('no task');
    const where = { kind: 'kept', sha256: 'b'.repeat(64), codes: [], others: [VCARD], weaknesses: [] } as const;
    const seen = { photoId: 'seen', seq: 1, at: NOW, slot: { kind: 'spot', spotRef: 'spot' }, where } as const;
    const inspection = { ...newInspection(), photos: [seen] };
    await inTransaction((tx) => changeTask(task, { inspection }, tx));
  }

  /** Everything that is stored, with what is sealed opened. */
  async function everything(): Promise<string> {
    const texts: string[] = [];
    for (const { collection } of Object.values(mongoose.models))
      for (const row of await mongoose.connection.collection(collection.name).find({}).toArray())
        texts.push(
          JSON.stringify(row),
          ...Object.entries(row).map(([name, value]) => (name.startsWith('sealed') ? unseal(String(value)) : '')),
        );
    return texts.join('\n');
  }

  const NAMES = /0?66-?81-?234-?4821|m@shop\.example|Malee/;

  it.each(['0812344821', 'm@shop.example', 'Malee Suda'])(
    '%s is exported and erased where a code that nobody knows says it',
    async (contact) => {
      await standsEverywhere();
      const was = unknown(VCARD);
      const { folder, remove } = newFolder();
      onTestFinished(remove);
      await typed(`contact export "${contact}" --to ${join(folder, 'out')}`);
      const data = JSON.parse(readFileSync(join(folder, 'out', 'data.json'), 'utf8')) as object;
      expect(Object.keys(data).sort()).toEqual(['bindings', 'drafts', 'inspectiontasks', 'photos', 'submissions']);
      const asked = await typed(`contact erase "${contact}"`);
      expect(asked.out).toContain('1 code that no pattern knows names them');
      const { exit, out } = await typed(`contact erase "${contact}" --yes`);
      expect([exit, out]).toEqual([0, expect.stringMatching(/^Erased\./)]);
      const left = await everything();
      if (contact === '0812344821') expect(left).not.toMatch(NAMES);
      expect(left).not.toContain('BEGIN:VCARD');
      expect(left).not.toContain(was.codeId);
      expect(left).toContain(OTHER);
    },
  );

  it('one that was erased is one code still, of no kind, which no version is asked about', async () => {
    await standsEverywhere();
    await typed('contact erase m@shop.example --yes');
    const [binding] = await bindingsOfSpots(['spot']);
    expect(binding).toMatchObject({ state: 'ACTIVE', codeId: expect.stringMatching(/^~/) });
    expect([binding?.shapeId, isErasedContent(binding?.code?.canonicalUrl)]).toEqual([undefined, true]);
    expect((await typed('programme codes list')).out).toBe('Every code that stands anywhere is known.');
    expect(await mongoose.connection.collection('codeshapes').countDocuments()).toBe(0);
    // whoever scans the very sticker at another spot is told that it stands here
    expect(await activeBinding(unknown(VCARD))).toMatchObject({ bindingId: 'bound' });
    const log = { info: () => undefined, warn: () => undefined };
    await createCodeSettler({ clock: { now: () => NOW }, log, wake: () => undefined }).look();
    expect(await activeBinding(unknown(VCARD))).toMatchObject({ bindingId: 'bound' });
    const draft = (await findDraft('draft'))?.draft ?? newDraft(MARKETING_CODE_FLOW);
    expect(codesAt(draft, 'spot')).toMatchObject([{ codeId: binding?.codeId, unknown: true, method: 'PHOTO_DECODE' }]);
    expect(draft.photos[0]?.kept).toMatchObject({ unknown: [{ codeId: binding?.codeId }], says: 'paymentCode' });
    const [row] = await submissionsToHandOver('folder', { limit: 9, machine: NOW });
    expect(submissionLine.parse(row?.line)).toMatchObject({ code: { payload: binding?.code?.canonicalUrl } });
  });

  it('an inspection has nothing to compare with where what the code said was erased', async () => {
    await standsEverywhere();
    const codes = async () => (await withAssignment('task'))?.assignment.spots.map((spot) => spot.codes.length);
    expect(await codes()).toEqual([1]);
    await typed('contact erase m@shop.example --yes');
    expect(await codes()).toEqual([0]);
  });

  it('of a photo only what names the contact goes; a payment code with their number is left out, and is no code of a shop', async () => {
    await standsEverywhere();
    await typed('contact erase 0812344821 --yes');
    const codes = (await findingsOf(['photo'])).get('photo')?.codes ?? [];
    expect(codes).toEqual([expect.stringMatching(/^erased-/), OTHER]);
  });

  it('whoever has read a draft before it was erased cannot write it back', async () => {
    await standsEverywhere();
    const read = await findDraft('draft');
    if (read === undefined) throw new Error('no draft');
    await typed('contact erase m@shop.example --yes');
    const write = inTransaction((tx) => changeDraft(read, { draft: read.draft, updatedAt: NOW }, tx));
    await expect(write).rejects.toMatchObject({ kind: 'conflict' });
    expect(await everything()).not.toContain('m@shop.example');
  });

  it('a person who is named by a code in somebody else’s hands is exported with what it says alone, and erased from it', async () => {
    await standsEverywhere();
    await hire('nok');
    const asked = { requestId: 'asked', isoId: 'iso', userId: 'nok', name: 'Malee Suda', phone: '+66812344821', at: 1 };
    await inTransaction((tx) => addAssociations([{ ...asked, channel: 'CARD' }], tx));
    const { folder, remove } = newFolder();
    onTestFinished(remove);
    await typed(`person export nok --to ${join(folder, 'out')}`);
    const data = JSON.parse(readFileSync(join(folder, 'out', 'data.json'), 'utf8')) as Record<string, unknown[]>;
    expect(data.drafts).toEqual([{ _id: 'draft', codesSay: [unknown(VCARD).canonicalUrl, PAYS_TO] }]);
    expect(data.bindings).toEqual([{ _id: 'bound', codesSay: [unknown(VCARD).canonicalUrl] }]);
    expect((await typed('person erase nok')).out).toContain('1 code that no pattern knows names them');
    const { exit, out } = await typed('person erase nok --yes');
    expect([exit, out]).toEqual([0, expect.stringMatching(/^Erased\./)]);
    expect(await everything()).not.toMatch(NAMES);
  });
});
