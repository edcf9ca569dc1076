import { systemIds } from '@field/kit/ids';
import { afterEach, describe, it, onTestFinished } from 'vitest';
import { bindCodes, releaseBinding } from '../../../models/bindings.ts';
import { forgetEverything } from '../../../models/database.ts';
import { moveFile, receiveFile } from '../../../models/incoming-files.ts';
import { addUsage } from '../../../models/monthly-usage.ts';
import { inTransaction } from '../../../models/transaction.ts';
import { addWebhookEvents, skipWebhook, webhooksOfItem } from '../../../models/webhook-events.ts';
import { createJobs, hourly } from '../../../src/daily/jobs.ts';
import { addAdmin, createIso } from '../../../src/operator/isos.ts';
import { tallyJobs } from '../../../src/wiring/tallied.ts';
import { startWebhooks } from '../../../src/wiring/webhooks.ts';
import { useModels } from '../../models/store.ts';
import { firesAndClears, type Watched, watched, watchedParts } from '../../support/alerts/watched-parts.ts';

useModels(undefined);
afterEach(forgetEverything);

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

describe('the month', () => {
  const limits = { DINGTALK_CALLS_A_MONTH: '100', DINGTALK_PUSHES_A_MONTH: '1000' };
  const nextMonth = (parts: Watched) => (): void => parts.clock.pass(32 * DAY_MS);

  it('QuotaNearlyGone: nine tenths are used', async () => {
    const parts = watched({}, limits);
    await firesAndClears('QuotaNearlyGone', parts, {
      turn: () => addUsage(parts.clock.now(), { calls: 90 }),
      clear: nextMonth(parts),
    });
  });

  it('QuotaGone: all of it', async () => {
    const parts = watched({}, limits);
    await addUsage(parts.clock.now(), { calls: 99 });
    await firesAndClears('QuotaGone', parts, {
      turn: () => addUsage(parts.clock.now(), { calls: 1 }),
      clear: nextMonth(parts),
    });
  });

  it('QuotaRunsOut: at this pace it does not last', async () => {
    const parts = watched({}, limits);
    await firesAndClears('QuotaRunsOut', parts, {
      turn: () => addUsage(parts.clock.now(), { pushes: 300 }),
      clear: nextMonth(parts),
    });
  });
});

describe('daily data', () => {
  it('DataLate: nothing comes for two days', async () => {
    const parts = watched();
    const { clock } = parts;
    await receiveFile('hash1', 'review_20270115_1.csv', clock.now());
    await firesAndClears('DataLate', parts, {
      turn: () => clock.pass(2 * DAY_MS + 1_000),
      clear: () => receiveFile('hash2', 'review_20270117_1.csv', clock.now()),
    });
  });

  it('DataQuarantined: a file is mostly wrong', async () => {
    const parts = watched();
    const { clock } = parts;
    await firesAndClears('DataQuarantined', parts, {
      async turn() {
        await receiveFile('hash1', 'review_20270115_1.csv', clock.now());
        await moveFile('hash1', 'RECEIVED', 'QUARANTINED', { why: 'no row is right' });
      },
      clear: () => receiveFile('hash1', 'review_20270115_1.csv', clock.now()),
    });
  });

  it('WebhooksWait: the receiver takes nothing', async () => {
    const env = {
      WEBHOOK_URL: 'http://127.0.0.1:9/hooks',
      WEBHOOK_SECRETS: `whsec_${Buffer.alloc(32, 1).toString('base64')}`,
    };
    const before = watchedParts(env);
    const told = startWebhooks({ ...before.services, clock: before.clock });
    onTestFinished(() => told.webhooks?.close());
    const parts = watched({ told });
    await firesAndClears('WebhooksWait', parts, {
      async turn() {
        const event = {
          type: 'item.submitted',
          itemRef: 'item',
          isoId: 'iso',
          revision: 1,
          step: 0,
          data: {},
        } as const;
        await inTransaction((tx) =>
          addWebhookEvents(() => [{ ...event, at: before.clock.now() - 11 * MINUTE_MS }], tx),
        );
      },
      async clear() {
        for (const { eventId } of await webhooksOfItem('item')) await skipWebhook(eventId);
      },
    });
  });
});

describe('the work', () => {
  it('JobFailed: a job of a set time fails', async () => {
    const parts = watched();
    const { services, tally, clock } = parts;
    let fails = false;
    const run = async (): Promise<void> => {
      if (fails) throw new Error('no');
    };
    const scheduled = [{ name: 'some', ...hourly(0), run }];
    const jobs = createJobs(scheduled, clock, services.log, tallyJobs(tally, scheduled));
    await jobs.runDue();
    await firesAndClears('JobFailed', parts, {
      async turn() {
        fails = true;
        clock.pass(60 * MINUTE_MS);
        await jobs.runDue();
      },
      async clear() {
        fails = false;
        clock.pass(60 * MINUTE_MS);
        await jobs.runDue();
      },
    });
  });

  it('NoAdmin: an ISO has nobody who decides', async () => {
    const parts = watched();
    const operator = { ids: systemIds, now: Date.now, programmeFolder: () => 'programmes/alipay-plus' };
    const email = 'lotus@iso.example';
    await firesAndClears('NoAdmin', parts, {
      turn: () => createIso({ email, name: 'Lotus', language: 'en' }, operator),
      clear: () => addAdmin({ email, userId: 'admin1', name: 'Anong Chai' }, operator),
    });
  });

  it('UnknownCodes: a code stands in a shop that no pattern knows', async () => {
    const parts = watched();
    const code = { codeId: 'x', canonicalUrl: 'https://new.example/x', short: 'x', unknown: true } as const;
    const where = { isoId: 'iso', spotId: 'spot', storeId: 'shop', boundBy: 'nok', boundAt: parts.clock.now() };
    const doubt = { doubt: 'unknown', shapeId: 'shape', judgedBy: 1, method: 'PHOTO_DECODE', proofPhoto: 'p' } as const;
    await firesAndClears('UnknownCodes', parts, {
      turn: () => inTransaction((tx) => bindCodes([{ bindingId: 'b', code, ...where, ...doubt }], tx)),
      clear: () => inTransaction((tx) => releaseBinding('b', 'nok', parts.clock.now(), tx)),
    });
  });
});
