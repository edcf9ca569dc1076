import { expect, it, onTestFinished, vi } from 'vitest';
import { aSandbox } from '../../packages/dingtalk-sandbox/test/support/sandbox.ts';
import type { StreamHandlers } from '../../src/dingtalk/frame-receiver.ts';
import { createOpenApi } from '../../src/dingtalk/open-api.ts';
import { type Stream, type StreamOptions, startStream } from '../../src/dingtalk/stream.ts';
import type { OrganisationEvent } from '../../src/platform/event.ts';
import type { NewCard } from '../../src/platform/platform.ts';
import type { MessageUpdate, TapUpdate } from '../../src/platform/update.ts';
import { logLines } from '../support/log-lines.ts';
import { failure } from './open-api-peer.ts';

type Sandbox = Awaited<ReturnType<typeof aSandbox>>;

const TEMPLATE = '5f0c2d3e-8a41-4b7e-9c16-2d7a90e1b6f4.schema';
const CARD: NewCard = {
  outTrackId: 'c1',
  space: { kind: 'person', userId: 'staff1' },
  params: { title: 'First' },
  preview: 'A card',
};

const APP = { clientId: 'demo-client', clientSecret: 'demo-secret' };

/** What a bot noted that was pushed to it. */
interface Seen {
  readonly messages: MessageUpdate[];
  readonly taps: TapUpdate[];
}

/** Another process of the same app, which notes the same. */
function aStream(sandbox: Sandbox, { messages, taps }: Seen): Stream {
  const stream = startStream({
    ...APP,
    apiBase: sandbox.url,
    clock: sandbox.clock,
    log: logLines().log,
    connections: 2,
    random: () => 0.5,
    handlers: {
      message: async (update) => void messages.push(update),
      tap: async (update) => {
        taps.push(update);
        return {};
      },
      event: async () => undefined,
    },
  });
  onTestFinished(() => stream.close());
  return stream;
}

/** A bot on a sandbox: the real SDKs on both sides of real HTTP and WebSocket. */
async function bot(handlers: Partial<StreamHandlers> = {}, more: Partial<StreamOptions> = {}) {
  const sandbox = await aSandbox();
  const { log, text } = logLines();
  const app = { ...APP, apiBase: sandbox.url, clock: sandbox.clock, log };
  const seen = { messages: [] as MessageUpdate[], taps: [] as TapUpdate[], events: [] as OrganisationEvent[] };
  const stream = startStream({
    ...app,
    connections: 1,
    random: () => 0.5,
    handlers: {
      message: async (update, trace, reply) => {
        seen.messages.push(update);
        await handlers.message?.(update, trace, reply);
      },
      tap: async (update, trace) => {
        seen.taps.push(update);
        return (await handlers.tap?.(update, trace)) ?? {};
      },
      event: async (update, trace) => {
        seen.events.push(update);
        await handlers.event?.(update, trace);
      },
    },
    ...more,
  });
  onTestFinished(() => stream.close());
  await stream.ready(5_000);
  const api = createOpenApi({ ...app, robotCode: 'demo-client', templateId: TEMPLATE, oapiBase: sandbox.url });
  const fault = (kind: string, more: object = {}) => sandbox.control('POST', '/faults', { kind, times: 1, ...more });
  const shown = async () => (await sandbox.control('GET', '/cards/c1?viewer=staff1')).body.data;
  const says = (body: unknown) => sandbox.control<{ msgId: string }>('POST', '/messages', body);
  return { sandbox, stream, api, fault, shown, says, log: text, ...seen };
}

it('sends a card, changes it by a tap, and overwrites it', async () => {
  const left = vi.fn();
  const { api, sandbox, shown, taps, log } = await bot({ tap: async () => ({ params: { title: 'Tapped' }, left }) });
  expect(await api.createAndDeliver(CARD)).toEqual({ existed: false });
  const form = { name: 'Cafe', kind: { index: 0, value: 'food' }, open: true };
  const params = { action: 'store.save', subject: 'draft:d1', version: '3', form, base: { name: 'h' } };
  const tapped = await sandbox.control('POST', '/cards/c1/actions', { userId: 'staff1', actionId: 'form', params });
  expect(tapped.body).toMatchObject({ applied: true });
  expect(taps[0]).toMatchObject({
    outTrackId: 'c1',
    userId: 'staff1',
    params: {
      action: 'store.save',
      subject: { kind: 'draft', id: 'd1' },
      version: 3,
      form: { name: 'Cafe', kind: 'food', open: 'true' },
      base: { name: 'h' },
    },
  });
  expect(await shown()).toEqual({ title: 'Tapped' });
  await expect.poll(() => left).toHaveBeenCalledWith(true);
  await api.updateCard({ outTrackId: 'c1', params: { title: 'Overwritten' } });
  expect(await shown()).toEqual({ title: 'Overwritten' });
  expect(log()).not.toMatch(/demo-secret|Cafe/);
});

it('gets text, pictures with text, and the files themselves', async () => {
  const { api, says, messages } = await bot();
  await says({ from: 'staff1', text: 'menu' });
  const form = new FormData();
  form.set('from', 'staff1');
  form.set('text', 'the front');
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  for (const name of ['a.png', 'b.png']) form.append('picture', new Blob([png], { type: 'image/png' }), name);
  await says(form);
  await expect.poll(() => messages).toHaveLength(2);
  expect(messages[0]).toMatchObject({ from: { userId: 'staff1' }, content: { text: 'menu', pictures: [] } });
  expect(messages[1]?.content.text).toBe('the front');
  const codes = messages[1]?.content.pictures ?? [];
  expect(codes).toHaveLength(2);
  const url = await api.downloadUrl(codes[0]?.downloadCode ?? '');
  expect((await api.fetchFile(url, { maxBytes: 1_000_000, timeoutMs: 5_000 })).equals(png)).toBe(true);
  expect(await api.uploadImage({ bytes: png, fileName: 'a.png' })).toMatch(/^@/);
  expect((await failure(api.downloadUrl('no-such-code'))).code).toBe('picture.expired');
});

it('puts a file into a chat, and hears where nobody gets it', async () => {
  const { api, sandbox } = await bot();
  const bytes = Buffer.from('what a workbook holds');
  const mediaId = await api.uploadFile({ bytes, fileName: 'promotions-1.xlsx' });
  await api.sendFile({ userId: 'staff1', mediaId, fileName: 'Promotions 2026-11.xlsx' });
  const { body } = await sandbox.control<{ files?: { fileName: string; downloadCode: string }[] }[]>(
    'GET',
    '/conversations/staff1',
  );
  const [file] = body.at(-1)?.files ?? [];
  expect(file?.fileName).toBe('Promotions 2026-11.xlsx');
  const answer = await fetch(`${sandbox.url}/sandbox/api/files/${encodeURIComponent(file?.downloadCode ?? '')}`);
  expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
  const toNobody = failure(api.sendFile({ userId: 'nobody', mediaId, fileName: 'a.xlsx' }));
  expect((await toNobody).code).toBe('dingtalk.refused');
  expect((await failure(api.uploadFile({ bytes, fileName: 'a.csv' }))).code).toBe('dingtalk.refused');
});

it('hears who joins the organisation', async () => {
  const { sandbox, events } = await bot();
  await sandbox.control('POST', '/users/outsider1/join');
  await expect.poll(() => events.map(({ type }) => type)).toEqual(['user_add_org', 'user_active_org']);
  expect(events[0]?.userIds).toEqual(['outsider1']);
});

/** Moves to the next time of what is pushed again, until `all` holds: a push counts as failed after three real seconds, and not before. */
async function untilPushedAgain({ control }: Pick<Sandbox, 'control'>, all: () => void): Promise<void> {
  await vi.waitFor(
    async () => {
      await control('POST', '/clock', { advanceMs: 61_000 });
      all();
    },
    { timeout: 250_000, interval: 200 },
  );
}

it('gets again what it could not record', async () => {
  const record = vi.fn().mockRejectedValueOnce(new Error('store down')).mockResolvedValue(undefined);
  const { sandbox, says, messages } = await bot({ message: record });
  const { body } = await says({ from: 'staff1', text: 'keep this' });
  await expect.poll(() => messages).toHaveLength(1);
  await untilPushedAgain(sandbox, () => expect(messages).toHaveLength(2));
  expect(messages.map(({ id }) => id)).toEqual([body.msgId, body.msgId]);
});

it('loses nothing while the platform moves it to another connection', async () => {
  const { stream, fault, says, messages } = await bot();
  await fault('disconnect');
  await expect.poll(() => stream.state()).toEqual({ live: 1, wanted: 1, opened: 2 });
  await says({ from: 'staff1', text: 'after the move' });
  await expect.poll(() => messages.map(({ content }) => content.text)).toEqual(['after the move']);
});

it('comes back after its socket is cut', async () => {
  const { stream, fault, says, messages } = await bot();
  await fault('closeSocket');
  await expect.poll(() => stream.state().opened).toBe(2);
  await says({ from: 'staff1', text: 'still here' });
  await expect.poll(() => messages).toHaveLength(1);
});

it.each([
  ['again', []],
  ['no more', ['fireAndForget']],
])('of two connections one half-open: pushed %s, no more is missing than what went into it', async (_what, knobs) => {
  const timing = { pingMs: 1_000, missedPings: 2, firstMs: 1 };
  const { sandbox, stream, says, messages, taps, api } = await bot({}, { connections: 2, timing });
  await api.createAndDeliver(CARD);
  await expect.poll(() => stream.state().live).toBe(2);
  for (const kind of knobs) await sandbox.control('POST', '/faults', { kind });
  await sandbox.control('POST', '/faults', { kind: 'silence', connections: 1 });
  const tap = () => sandbox.control('POST', '/cards/c1/actions', { userId: 'staff1', actionId: 'go' });
  const [tapped] = await Promise.all([
    Promise.all(Array.from({ length: 20 }, tap)),
    ...Array.from({ length: 20 }, (_, index) => says({ from: 'staff1', text: `before ${index}` })),
  ]);
  // each tap was either lost with the dead connection or answered by the living one
  expect(tapped.filter(({ body }) => body.applied)).toHaveLength(taps.length);
  expect(taps.length).toBeGreaterThan(0);
  const lost = 20 - messages.length;
  expect(lost).toBeGreaterThan(0);
  await expect.poll(() => stream.state()).toEqual({ live: 2, wanted: 2, opened: 3 });
  for (let index = 0; index < 20; index += 1) await says({ from: 'staff1', text: `after ${index}` });
  expect(await Promise.all(Array.from({ length: 5 }, tap))).toEqual(
    Array(5).fill(expect.objectContaining({ body: expect.objectContaining({ applied: true }) })),
  );
  await untilPushedAgain(sandbox, () => expect(messages).toHaveLength(40 - (knobs.length > 0 ? lost : 0)));
  expect(new Set(messages.map(({ id }) => id)).size).toBe(messages.length);
});

it('a process that ends beside another costs neither a message nor a tap', async () => {
  const { sandbox, stream, says, messages, taps, api } = await bot({}, { connections: 2 });
  await api.createAndDeliver(CARD);
  await sandbox.control('POST', '/faults', { kind: 'fireAndForget' });
  const old = aStream(sandbox, { messages, taps });
  await old.ready(5_000);
  await expect.poll(() => old.state().live + stream.state().live).toBe(4);
  const tap = () => sandbox.control('POST', '/cards/c1/actions', { userId: 'staff1', actionId: 'go' });
  let ended = false;
  const ending = old.close().then(() => {
    ended = true;
  });
  const asked: ReturnType<typeof tap>[] = [];
  let said = 0;
  while (!ended || said < 30) {
    asked.push(tap());
    await says({ from: 'staff1', text: `while it ends ${said}` });
    said += 1;
  }
  await ending;
  const answers = await Promise.all(asked);
  expect(answers.filter(({ body }) => !body.applied)).toEqual([]);
  await expect.poll(() => messages).toHaveLength(said);
});

it('tells apart what may work later from what never will', async () => {
  const { api, fault, shown } = await bot();
  const create = { path: '/v1.0/card/instances/createAndDeliver' };
  await fault('gatewayTimeout', { ...create, done: true });
  expect((await failure(api.createAndDeliver(CARD))).code).toBe('dingtalk.unreachable');
  await api.createAndDeliver(CARD);
  expect(await api.createAndDeliver({ ...CARD, params: { title: 'Other' } })).toEqual({ existed: true });
  expect(await shown()).toEqual({ title: 'First' });
  await fault('qps');
  expect((await failure(api.updateCard({ outTrackId: 'c1', params: {} }))).code).toBe('dingtalk.busy');
  await fault('apiQuota');
  expect((await failure(api.updateCard({ outTrackId: 'c1', params: {} }))).code).toBe('dingtalk.quotaUsedUp');
  const stranger: NewCard = { ...CARD, outTrackId: 'c2', space: { kind: 'person', userId: 'nobody' } };
  expect((await failure(api.createAndDeliver(stranger))).kind).toBe('permanent');
});

it('delivers a card whose delivery failed, and renews a token that ended early', async () => {
  const { api, fault, sandbox, shown } = await bot();
  await fault('undelivered');
  expect((await failure(api.createAndDeliver(CARD))).code).toBe('dingtalk.undelivered');
  await api.deliver(CARD);
  expect(await shown()).toEqual({ title: 'First' });
  await fault('tokenExpired');
  await api.updateCard({ outTrackId: 'c1', params: { title: 'Second' } });
  expect(await shown()).toEqual({ title: 'Second' });
  const { body } = await sandbox.control('GET', '/stats');
  expect(body).toMatchObject({ connections: 1 });
});
