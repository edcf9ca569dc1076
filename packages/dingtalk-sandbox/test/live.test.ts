import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import WebSocket from 'ws';
import type { LiveFrame, WatchFrame } from '../src/protocol/page-protocol.ts';
import { aCard, aFolder, aSandbox, type TestSandbox } from './support/sandbox.ts';

async function aPage(sandbox: TestSandbox, viewer: string, after: WatchFrame['after'] = {}) {
  const socket = new WebSocket(`${sandbox.url.replace('http', 'ws')}/sandbox/live`);
  onTestFinished(() => socket.terminate());
  const frames: LiveFrame[] = [];
  socket.on('message', (raw: Buffer) => frames.push(JSON.parse(raw.toString()) as LiveFrame));
  await new Promise((resolve) => socket.once('open', resolve));
  const watch = (frame: WatchFrame) => socket.send(JSON.stringify(frame));
  watch({ type: 'watch', viewer, after });
  const entries = (conversationId: string) =>
    frames.flatMap((frame) =>
      frame.type === 'entries' && frame.conversationId === conversationId ? frame.entries : [],
    );
  return { frames, watch, entries, socket };
}

test('a page gets people, then what its viewer has, then what happens', async () => {
  const sandbox = await aSandbox();
  await sandbox.control('POST', '/messages', { from: 'staff1', text: 'before' });
  const page = await aPage(sandbox, 'staff1');
  await expect.poll(() => page.entries('staff1')).toMatchObject([{ seq: 1, text: 'before' }]);
  const people = page.frames.find((frame) => frame.type === 'people');
  expect(people).toMatchObject({
    people: [
      { userId: 'admin1', name: 'Anong Chai', joined: true, about: 'in the organisation' },
      { userId: 'staff1', joined: true },
      { userId: 'staff2' },
      { userId: 'outsider1', joined: false },
    ],
  });
  expect(people?.type === 'people' && people.conversations.map(({ id }) => id)).toEqual([
    'admin1',
    'staff1',
    'staff2',
    'outsider1',
    'cid-demo',
  ]);
  await sandbox.api('POST', '/v1.0/card/instances/createAndDeliver', aCard('c1', 'staff1', { title: 'Card' }));
  await sandbox.control('POST', '/messages', { from: 'staff2', text: 'not for staff1' });
  await sandbox.control('POST', '/messages', { from: 'staff2', to: 'cid-demo', text: 'for all' });
  await expect.poll(() => page.entries('cid-demo')).toMatchObject([{ text: 'for all' }]);
  expect(page.entries('staff1')).toMatchObject([
    { seq: 1 },
    { seq: 2, view: { title: 'Card' }, nodes: expect.any(Array) },
  ]);
  expect(page.entries('staff2')).toEqual([]);
});

test('a page gets what the app puts at the bottom of the chat, as often as it changes', async () => {
  const sandbox = await aSandbox();
  const page = await aPage(sandbox, 'staff1');
  const told = () => page.frames.flatMap((frame) => (frame.type === 'quickEntries' ? [frame.entries] : []));
  await expect.poll(() => told()).toEqual([[]]);
  const inside = 'dingtalk://dingtalkclient/page/link?url=https%3A%2F%2Fa.example%2F&pc_slide=true';
  const pluginInfoList = [
    { name: '{"en_US":"Tasks","th_TH":"งาน"}', icon: '@1', mobileUrl: 'https://a.example/go' },
    { name: 'Menu', icon: '@2', mobileUrl: inside },
    { name: 'Only on a computer', icon: '@3', pcUrl: 'https://a.example/pc' },
    { name: 'Nowhere', icon: '@4', mobileUrl: 'https://' },
  ];
  await sandbox.api('POST', '/v1.0/robot/plugins/set', { robotCode: 'demo-client', pluginInfoList });
  await expect
    .poll(() => told().at(-1))
    .toEqual([
      { names: { en_US: 'Tasks', th_TH: 'งาน' }, icon: '@1', url: 'https://a.example/go' },
      { names: { '*': 'Menu' }, icon: '@2', url: 'https://a.example/' },
    ]);
});

test('after a reconnect nothing is missed and nothing comes twice', async () => {
  const sandbox = await aSandbox();
  for (const text of ['one', 'two']) await sandbox.control('POST', '/messages', { from: 'staff1', text });
  const page = await aPage(sandbox, 'staff1', { staff1: 1 });
  await expect.poll(() => page.entries('staff1')).toMatchObject([{ text: 'two' }]);
  page.watch({ type: 'watch', viewer: 'staff2', after: {} });
  await sandbox.control('POST', '/messages', { from: 'staff2', text: 'mine' });
  await expect.poll(() => page.entries('staff2')).toMatchObject([{ text: 'mine' }]);
});

test('the end of everybody’s chat is told to every page, at first and as it changes', async () => {
  const sandbox = await aSandbox();
  await sandbox.control('POST', '/messages', { from: 'staff2', text: 'hello' });
  const page = await aPage(sandbox, 'staff1');
  const latest = () => page.frames.flatMap((frame) => (frame.type === 'latest' ? frame.chats : []));
  await expect.poll(() => latest()).toEqual([{ userId: 'staff2', pos: 1, from: 'staff2', text: 'hello' }]);
  const card = { title: 'Join request', lastMessage: 'Somebody wants to join' };
  await sandbox.api('POST', '/v1.0/card/instances/createAndDeliver', aCard('c1', 'admin1', card));
  const told = { userId: 'admin1', pos: 1, from: 'bot', text: 'Somebody wants to join' };
  await expect.poll(() => latest().at(-1)).toEqual(told);
});

test('new people, a moved clock and a reset are told', async () => {
  const sandbox = await aSandbox();
  const page = await aPage(sandbox, 'staff1');
  await expect.poll(() => page.frames.length).toBeGreaterThan(2);
  page.frames.length = 0;
  await sandbox.control('POST', '/users', { userId: 'p1', name: 'Somsak', mobile: '+66-800000001' });
  await expect.poll(() => page.frames).toMatchObject([{ type: 'people' }]);
  await sandbox.control('POST', '/clock', { advanceMs: 60_000 });
  await expect.poll(() => page.frames.at(-1)).toMatchObject({ type: 'clock' });
  await sandbox.control('POST', '/reset');
  await expect.poll(() => page.frames.map(({ type }) => type)).toContain('reset');
});

test('what is no watch frame, or comes from another page, is turned away', async () => {
  const sandbox = await aSandbox();
  const page = await aPage(sandbox, 'staff1');
  const closed = new Promise((resolve) => page.socket.once('close', resolve));
  page.socket.send('not json');
  expect(await closed).toBe(1003);
  const foreign = new WebSocket(`${sandbox.url.replace('http', 'ws')}/sandbox/live`, { origin: 'http://evil.example' });
  const refused = await new Promise((resolve) => {
    foreign.on('unexpected-response', (_request, response) => resolve(response.statusCode));
    foreign.on('error', () => undefined);
  });
  expect(refused).toBe(403);
});

test('the page is served from its folder under a strict policy, and nothing beside it', async () => {
  const pageDir = join(await aFolder('page'), 'page');
  await mkdir(pageDir);
  await writeFile(join(pageDir, 'index.html'), '<!doctype html><title>Chat</title>');
  await writeFile(join(pageDir, '..', 'outside.js'), 'secret');
  const sandbox = await aSandbox({ pageDir });
  const index = await fetch(`${sandbox.url}/`);
  expect(await index.text()).toContain('Chat');
  const policy = index.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toContain('unsafe');
  for (const path of ['/..%2foutside.js', '/%2e%2e/outside.js', '/nothing.js', '/index.php', '/%E0%A4%A.js']) {
    expect((await fetch(`${sandbox.url}${path}`)).status).toBe(404);
  }
});
