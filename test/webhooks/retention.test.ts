import { afterAll, beforeEach, expect, it } from 'vitest';
import { forgetEverything } from '../../models/database.ts';
import {
  countWebhooks,
  noteWebhookSent,
  recordWebhooks,
  skipWebhook,
  webhooksOfItem,
} from '../../models/webhook-events.ts';
import { webhookRule } from '../../src/daily/retention/webhooks.ts';
import { useModels } from '../models/store.ts';
import { logLines } from '../support/log-lines.ts';
import { event, NOON, record } from './at-work.ts';

useModels(undefined);
afterAll(() => recordWebhooks(false));

const DAY = 24 * 3_600_000;
const KEEP = { recordsMonths: 24, photosMonths: 13, draftsDays: 180, cardsDays: 30, filesDays: 90, webhooksDays: 30 };
const lines = logLines();

async function remove(now: number): Promise<number> {
  let removed = 0;
  for await (const gone of webhookRule(KEEP, lines.log).remove(now)) removed += gone;
  return removed;
}
const counts = async () => [
  await countWebhooks('WAITING'),
  await countWebhooks('SENT'),
  await countWebhooks('SKIPPED'),
];

beforeEach(async () => {
  await forgetEverything();
  recordWebhooks(true);
});

it('what was sent, skipped, or never taken goes after 30 days, and the log says what was never taken', async () => {
  const old = Array.from({ length: 250 }, (_, n) => event(`old${n}`, 0, 1, NOON + n));
  await record(...old, event('old0', 3, 1, NOON), event('young', 0, 1, NOON + DAY));
  const [first, second] = await webhooksOfItem('old0');
  await noteWebhookSent(first?.eventId ?? '', { sentAt: NOON + 29 * DAY, answered: '204' });
  await skipWebhook(second?.eventId ?? '');
  expect(await remove(NOON + 30 * DAY)).toBe(0);
  expect(await counts()).toEqual([250, 1, 1]);
  expect(await remove(NOON + 30 * DAY + 1_000)).toBe(251);
  expect(await counts()).toEqual([1, 0, 0]);
  const told = lines.of('webhooks.neverTaken').map(({ events }) => Number(events));
  expect(told.reduce((sum, events) => sum + events, 0)).toBe(249);
});
