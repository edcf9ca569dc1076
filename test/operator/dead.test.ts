import { beforeEach, expect, it } from 'vitest';
import { abandonPut, claimStaleCard } from '../../models/card-puts.ts';
import { addCard, cardWasDelivered, wantCard } from '../../models/cards.ts';
import { forgetEverything } from '../../models/database.ts';
import { addToOutbox, claimSend, markDead, retrySend } from '../../models/outbox.ts';
import { sendRecord } from '../../models/record-cards.ts';
import { inTransaction } from '../../models/transaction.ts';
import { deadLettersHealth } from '../../src/wiring/dead-letters.ts';
import { useModels } from '../models/store.ts';
import { typed } from './typed.ts';

useModels(undefined);
beforeEach(forgetEverything);

const AT = Date.UTC(2026, 4, 3, 5);
const subject = { kind: 'promotion', id: 'p1' } as const;

async function claimed() {
  const row = await claimSend('w', AT, AT);
  if (row === undefined) throw new Error('nothing to send');
  return row;
}

async function oneDead(): Promise<string> {
  const record = { intent: 'i', to: 'nok', view: 'promotion.submitted', subject, kind: 'record' } as const;
  await inTransaction((tx) => sendRecord(record, AT, tx));
  const row = await claimed();
  await markDead(row, { error: 'dingtalk.refused', answered: 'param.stupid', deadAt: AT });
  return row.intent;
}

it('the list says what was given up, for whom by id, since when, why, and what to do; so does the health page', async () => {
  expect((await typed('dead list')).out).toBe('Nothing was given up.');
  expect(await deadLettersHealth()).toMatchObject({ ok: true, detail: undefined });
  const id = await oneDead();
  const { out } = await typed('dead list');
  expect(out).toContain(`${id}  card promotion.submitted about promotion p1 for nok`);
  expect(out).toContain('given up since 2026-05-03T05:00:00.000Z: dingtalk.refused (param.stupid)');
  expect(out).toContain('look up what DingTalk answered');
  const { dead } = JSON.parse((await typed('dead list --json')).out);
  expect(dead).toMatchObject([{ id, what: 'card', to: 'nok', why: 'dingtalk.refused', answered: 'param.stupid' }]);
  const detail = '1 given up, the newest: dingtalk.refused param.stupid; npm run op -- dead list';
  expect(await deadLettersHealth()).toEqual({ ok: false, detail, essential: false });
});

it('one is tried again, or all, and is dead no more', async () => {
  const id = await oneDead();
  expect(await typed(`dead retry ${id}`)).toMatchObject({ exit: 0, out: `${id} is tried once more.` });
  expect((await claimed()).intent).toBe(id);
  expect(await typed(`dead retry ${id}`)).toEqual({
    exit: 1,
    out: '',
    err: `${id} was not given up. See: npm run op -- dead list`,
  });
  await markDead({ intent: id, token: 'w' }, { error: 'dingtalk.refused', deadAt: AT });
  expect(await typed('dead retry all')).toMatchObject({ exit: 0 });
  expect((await typed('dead list')).out).toBe('Nothing was given up.');
});

it('one is dropped, and never sent', async () => {
  const id = await oneDead();
  expect(await typed(`dead drop ${id}`)).toMatchObject({ exit: 0, out: `${id} is forgotten.` });
  expect(await claimSend('w', AT + 1, AT)).toBeUndefined();
  expect(await typed(`dead drop ${id}`)).toMatchObject({ exit: 1 });
});

it('a card that DingTalk does not redraw, a job for its contacts and what fails for a reason of ours stand there, too', async () => {
  const card = { outTrackId: 'c1', kind: 'record', view: 'promotion.submitted', subject, viewer: 'lek' } as const;
  await inTransaction((tx) => addCard({ ...card, line: undefined, at: AT }, tx));
  await inTransaction((tx) => cardWasDelivered('c1', { version: 1, hash: 'h' }, false, tx));
  await inTransaction((tx) => wantCard('c1', {}, tx));
  const put = await claimStaleCard('w', AT);
  if (put === undefined) throw new Error('nothing to redraw');
  await abandonPut(put, { error: 'dingtalk.refused', at: AT + 1 });
  const job = { kind: 'invitation', id: 'r1' } as const;
  await inTransaction((tx) => addToOutbox({ intent: 'job', job, priority: 'answer', dueAt: AT }, tx));
  await markDead(await claimed(), { error: 'contact.badNumber', deadAt: AT });
  await inTransaction((tx) => addToOutbox({ intent: 'bug', job, priority: 'answer', dueAt: AT }, tx));
  const failed = { dueAt: AT + 9, error: 'bug.unexpected', made: false, waitsFor: 'itself' } as const;
  await retrySend(await claimed(), { ...failed, now: failed.dueAt, counts: true, attempted: true });
  const { out } = await typed('dead list');
  expect(out).toContain('c1  redraw promotion.submitted about promotion p1 for lek');
  expect(out).toContain('job  invitation about r1');
  expect(out).toContain('failing since');
  expect(await typed('dead retry c1')).toMatchObject({ exit: 0 });
  expect((await claimStaleCard('w', AT))?.card.outTrackId).toBe('c1');
});
