import { afterAll, expect } from 'vitest';
import { promote } from '../support/conversations/promotion.ts';
import { story } from '../support/story.ts';
import { operatorCommand } from '../support/world/operator-command.ts';
import { sharedWorld } from '../support/world/shared-world.ts';
import { newSecret } from '../webhooks/at-work.ts';
import { Receiver } from '../webhooks/receiver.ts';

const secret = newSecret();
const receiver = new Receiver(secret);
await receiver.start();
afterAll(() => receiver.stop());

const { world, nok } = sharedWorld({ joined: ['staff1'], env: { WEBHOOK_URL: receiver.url, WEBHOOK_SECRETS: secret } });
const it = story('a receiver is told what becomes of each item');

interface Health {
  readonly parts: { readonly webhooks?: { readonly ok: boolean; readonly detail?: string } };
}
const health = async () => ((await (await fetch(`${world.botUrl}/healthz`)).json()) as Health).parts.webhooks;
const figures = async () => {
  const page = await (await fetch(`${world.botUrl}/metrics`)).text();
  return [...page.matchAll(/^webhooks_(?:waiting|oldest_seconds) (\d+)$/gm)].map(([, figure]) => Number(figure));
};
const told = (type: string) => receiver.taken.filter((message) => message.type === type);
const typesTold = (type: string) =>
  told(type).map(({ body }) => (JSON.parse(body) as { data: { itemType: string } }).data.itemType);

/** A row that says one thing of a spot, decided now. */
async function review(itemRef: string, decision: string, reason: string): Promise<string> {
  const at = new Date((await world.sandbox.advance(0)).now).toISOString();
  const { isoId } = (JSON.parse(told('item.submitted')[0]?.body ?? '{}') as { data: { isoId: string } }).data;
  const columns = 'sourceRowKey,dataDate,isoId,itemType,itemRef,submissionRevision,decision,reasonCodes,decidedAt';
  return `${columns}\r\n${[at, at.slice(0, 10), isoId, 'SPOT', itemRef, 1, decision, reason, at].join(',')}\r\n`;
}

let spot = '';

it('each item of a promotion is told as it is submitted, and as it is decided on the next day', async () => {
  await promote(nok, { spots: 2 });
  await world.idle();
  expect(typesTold('item.submitted').sort()).toEqual(['POSM', 'POSM', 'SPOT', 'SPOT', 'STORE']);
  await world.nextDay();
  await expect.poll(() => typesTold('item.decided').sort()).toEqual(['POSM', 'POSM', 'SPOT', 'SPOT', 'STORE']);
  const ofSpot = told('item.submitted').find(({ body }) => body.includes('"itemType":"SPOT"'));
  spot = ofSpot?.itemRef ?? '';
  expect(receiver.of(spot)).toEqual(['item.submitted#1', 'item.decided#1']);
  expect([await health(), await figures()]).toEqual([{ ok: true }, [0, 0]]);
});

it('what is decided while the receiver is away, and the bot is killed, is told when both are back', async () => {
  await receiver.stop();
  world.drop('review_20261123_900.csv', await review(spot, 'INVALIDATED', 'INSPECTION_MOVED'));
  await world.advance(600_000);
  await world.restartBot();
  await world.advance(1_200_000);
  expect(await health()).toMatchObject({
    ok: false,
    detail: expect.stringMatching(/^1 wait, the oldest since 2026-.*Z \(ECONNREFUSED\): npm run op -- webhooks list$/),
  });
  const [waiting, oldest = 0] = await figures();
  expect([waiting, oldest > 1_000]).toEqual([1, true]);
  const { out } = await operatorCommand(world.dataDir, 'webhooks', 'list', '--json');
  expect(JSON.parse(out)).toMatchObject({
    events: [{ itemRef: spot, answered: 'ECONNREFUSED' }],
    counts: { sent: 10 },
  });
  await receiver.start();
  await world.advance(1_200_000);
  await expect.poll(() => receiver.of(spot)).toEqual(['item.submitted#1', 'item.decided#1', 'item.decided#1']);
  expect(await health()).toEqual({ ok: true });
});

it('an operator has all of an item sent again while the bot runs', async () => {
  const before = receiver.tried.length;
  const { out } = await operatorCommand(world.dataDir, 'webhooks', 'replay', 'item', spot);
  expect(out).toBe('3 are sent again.');
  await expect
    .poll(() => receiver.tried.slice(before).map(({ id }) => id))
    .toEqual(receiver.taken.filter(({ itemRef }) => itemRef === spot).map(({ id }) => id));
});

it('every message was signed, and none says who did it or what was typed', () => {
  expect(receiver.refused).toEqual([]);
  for (const { body } of receiver.tried) expect(body).not.toMatch(/staff1|Somchai|Baan/);
});
