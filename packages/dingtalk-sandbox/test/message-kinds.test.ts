import { expect, test } from 'vitest';
import type { Entry } from '../src/protocol/page-protocol.ts';
import { aSandbox, type TestSandbox } from './support/sandbox.ts';
import { aStream, type SeenFrame } from './support/stream.ts';

function multipart(part: string, fileName: string, fields: Record<string, string> = {}): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries({ from: 'staff1', ...fields })) form.append(name, value);
  form.append(part, new Blob([`bytes of ${fileName}`]), fileName);
  return form;
}

const send = (sandbox: TestSandbox, body: unknown) => sandbox.control('POST', '/messages', body);
const last = (frames: readonly SeenFrame[]) => frames.at(-1)?.data;

test('a voice message comes with what was understood of it, a video with its length', async () => {
  const sandbox = await aSandbox();
  const stream = await aStream(sandbox);
  await send(sandbox, multipart('audio', 'a.amr', { recognition: 'the door is broken', durationMs: '2500' }));
  expect(last(await stream.received(1))).toMatchObject({
    msgtype: 'audio',
    content: { duration: 2500, recognition: 'the door is broken', downloadCode: expect.any(String) },
  });
  await send(sandbox, multipart('audio', 'b.amr'));
  expect(last(await stream.received(2))?.content).toEqual({ duration: 4000, downloadCode: expect.any(String) });
  await send(sandbox, multipart('video', 'c.mp4'));
  const video = last(await stream.received(3));
  expect(video).toMatchObject({ msgtype: 'video', content: { duration: 4000, videoType: 'mp4' } });
  const { downloadCode } = (video?.content ?? {}) as { downloadCode?: string };
  const path = '/v1.0/robot/messageFiles/download';
  const { body } = await sandbox.api('POST', path, { downloadCode, robotCode: 'demo-client' });
  expect(await (await fetch(String(body.downloadUrl))).text()).toBe('bytes of c.mp4');
  const entries = (await sandbox.control<Entry[]>('GET', '/conversations/staff1')).body;
  expect(entries.map(({ kind, files }) => [kind, files?.[0]?.fileName])).toEqual([
    ['file', 'a.amr'],
    ['file', 'b.amr'],
    ['file', 'c.mp4'],
  ]);
});

test('voice and video are sent alone, and not into a group', async () => {
  const sandbox = await aSandbox();
  for (const part of ['audio', 'video']) {
    expect((await send(sandbox, multipart(part, 'a.mp4', { text: 'look' }))).status).toBe(400);
    expect((await send(sandbox, multipart(part, 'a.mp4', { to: 'cid-demo' }))).status).toBe(400);
  }
});

test('a message of a type that no bot knows', async () => {
  const sandbox = await aSandbox();
  const stream = await aStream(sandbox);
  await send(sandbox, { from: 'staff1', unknown: 'sticker' });
  expect(last(await stream.received(1))).toMatchObject({ msgtype: 'unknown', content: { unknownMsgType: 'sticker' } });
  expect((await send(sandbox, { from: 'staff1', unknown: 'sticker', text: 'and words' })).status).toBe(400);
});

test('a reply quotes what it replies to: words, a picture, several with words, a file', async () => {
  const sandbox = await aSandbox();
  const stream = await aStream(sandbox);
  const reply = async (quote: unknown) => {
    const before = stream.frames.length;
    await send(sandbox, { from: 'staff1', text: 'this one', quote });
    return last(await stream.received(before + 1));
  };
  const bodies = [
    { from: 'staff1', text: 'hello' },
    multipart('picture', 'a.jpg'),
    multipart('picture', 'b.jpg', { text: 'the door' }),
    multipart('file', 'c.pdf'),
    { from: 'staff1', unknown: 'sticker' },
  ];
  const sent: { msgId: unknown; code: unknown }[] = [];
  for (const body of bodies) {
    const { msgId } = (await send(sandbox, body)).body;
    const content = last(await stream.received(sent.length + 1))?.content as { downloadCode?: string } | undefined;
    sent.push({ msgId, code: content?.downloadCode });
  }
  const quoted = async (index: number) => {
    const text = (await reply(sent[index]?.msgId))?.text as { repliedMsg: object } | undefined;
    return text?.repliedMsg;
  };
  const senderId = expect.stringMatching(/^\$:LWCP_v1:\$/);
  const common = { senderId, createdAt: expect.any(Number) };
  expect(await quoted(0)).toEqual({ ...common, msgType: 'text', msgId: sent[0]?.msgId, content: { text: 'hello' } });
  expect(await quoted(1)).toMatchObject({ msgType: 'picture', content: { downloadCode: sent[1]?.code } });
  expect(await quoted(2)).toMatchObject({
    msgType: 'richText',
    content: {
      richText: [
        { msgType: 'text', content: 'the door' },
        { msgType: 'picture', downloadCode: expect.any(String) },
      ],
    },
  });
  expect(await quoted(3)).toMatchObject({
    msgType: 'file',
    content: { fileName: 'c.pdf', downloadCode: sent[3]?.code },
  });
  expect(await quoted(4)).toMatchObject({ msgType: 'unknownMsgType' });
  expect(await reply(sent[1]?.msgId)).toMatchObject({
    msgtype: 'text',
    text: { content: 'this one', isReplyMsg: true },
  });
  expect((await send(sandbox, { from: 'staff1', text: 'x', quote: 'none' })).status).toBe(404);
  expect((await send(sandbox, { from: 'staff2', text: 'x', quote: sent[0]?.msgId })).status).toBe(404);
  expect((await send(sandbox, { from: 'staff1', unknown: 'x', quote: sent[0]?.msgId })).status).toBe(400);
});

test('people outside write when the message says so, and come without what only members have', async () => {
  const sandbox = await aSandbox();
  const stream = await aStream(sandbox);
  expect((await send(sandbox, { from: 'outsider1', text: 'hi' })).status).toBe(403);
  for (const to of [undefined, 'cid-demo']) {
    expect((await send(sandbox, { from: 'outsider1', text: 'hi', to, outside: true })).status).toBe(200);
  }
  for (const { data } of await stream.received(2)) {
    expect(data).toMatchObject({ senderNick: 'Mali Wong', senderId: expect.any(String), msgtype: 'text' });
    for (const name of ['senderStaffId', 'senderUnionId', 'senderCorpId', 'isAdmin'])
      expect(data).not.toHaveProperty(name);
  }
  await send(sandbox, multipart('picture', 'a.jpg', { from: 'outsider1', outside: 'true' }));
  expect(last(await stream.received(3))).not.toHaveProperty('senderStaffId');
  await send(sandbox, { from: 'staff1', text: 'before the app is published', outside: true });
  expect(last(await stream.received(4))).not.toHaveProperty('senderStaffId');
});

test('people who are named come with their ids, those from outside without a staffId', async () => {
  const sandbox = await aSandbox();
  const stream = await aStream(sandbox);
  const named = { from: 'staff1', to: 'cid-demo', text: 'look', at: ['staff2', 'outsider1'] };
  await send(sandbox, named);
  const robot = { dingtalkId: expect.any(String) };
  const unionId = expect.any(String);
  expect(last(await stream.received(1))?.atUsers).toEqual([
    robot,
    { dingtalkId: expect.any(String), staffId: 'staff2', unionId },
    { dingtalkId: expect.any(String), unionId },
  ]);
  await sandbox.control('POST', '/faults/sparseMessage', { times: 1, userId: 'staff1' });
  await send(sandbox, named);
  const sparse = last(await stream.received(2));
  expect(sparse?.atUsers).toEqual([robot, robot, robot]);
  expect(sparse).toMatchObject({ senderStaffId: 'staff1' });
  for (const name of ['senderUnionId', 'isAdmin']) expect(sparse).not.toHaveProperty(name);
  await send(sandbox, named);
  expect(last(await stream.received(3))).toHaveProperty('senderUnionId');
  expect((await send(sandbox, { from: 'staff1', text: 'x', at: ['staff2'] })).status).toBe(400);
  expect((await send(sandbox, { ...named, at: ['nobody'] })).status).toBe(404);
});
