import { expect, test } from 'vitest';
import type { Entry } from '../src/protocol/page-protocol.ts';
import { aSandbox } from './support/sandbox.ts';
import { aStream } from './support/stream.ts';

function multipart(
  fields: Record<string, string>,
  parts: { name: string; bytes: string; fileName: string }[],
): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const { name, bytes, fileName } of parts) form.append(name, new Blob([bytes]), fileName);
  return form;
}

const one = { name: 'picture', bytes: 'JPEG one', fileName: 'one.jpg' };
const two = { name: 'picture', bytes: 'JPEG two', fileName: 'two.jpg' };

test('one picture is a picture message, several or with text one richText', async () => {
  const sandbox = await aSandbox();
  const stream = await aStream(sandbox);
  await sandbox.control('POST', '/messages', multipart({ from: 'staff1' }, [one]));
  await sandbox.control('POST', '/messages', multipart({ from: 'staff1', text: 'the door' }, [one, two]));
  const [single, several] = await stream.received(2);
  expect(single?.data).toMatchObject({ msgtype: 'picture', content: { downloadCode: expect.any(String) } });
  expect(several?.data).toMatchObject({
    msgtype: 'richText',
    content: { richText: [{ text: 'the door' }, { type: 'picture' }, { type: 'picture' }] },
  });
  const [, entry] = (await sandbox.control<Entry[]>('GET', '/conversations/staff1')).body;
  expect(entry).toMatchObject({ kind: 'richText', files: [{ fileName: 'one.jpg', image: true }, { image: true }] });
  const stored = await fetch(`${sandbox.url}/sandbox/api/files/${entry?.files?.[1]?.downloadCode}`);
  expect(await stored.text()).toBe('JPEG two');
  expect(stored.headers.get('content-disposition')).toContain('attachment');
});

test('a file is sent alone and not into a group', async () => {
  const sandbox = await aSandbox();
  const stream = await aStream(sandbox);
  const file = { name: 'file', bytes: 'PDF', fileName: 'a.pdf' };
  expect((await sandbox.control('POST', '/messages', multipart({ from: 'staff1' }, [file]))).status).toBe(200);
  const [frame] = await stream.received(1);
  expect(frame?.data).toMatchObject({ msgtype: 'file', content: { fileName: 'a.pdf' } });
  const inGroup = multipart({ from: 'staff1', to: 'cid-demo' }, [file]);
  expect((await sandbox.control('POST', '/messages', inGroup)).status).toBe(400);
  expect((await sandbox.control('POST', '/messages', multipart({ from: 'staff1' }, [file, one]))).status).toBe(400);
});

test('a group message comes with its @ taken out, its leading blank left', async () => {
  const sandbox = await aSandbox();
  const stream = await aStream(sandbox);
  await sandbox.control('POST', '/messages', { from: 'staff1', to: 'cid-demo', text: 'menu' });
  const [frame] = await stream.received(1);
  expect(frame?.data).toMatchObject({
    conversationType: '2',
    conversationId: 'cid-demo',
    conversationTitle: 'Field team',
    text: { content: ' menu' },
    isInAtList: true,
  });
});

test('what cannot be sent is refused with a reason', async () => {
  const sandbox = await aSandbox();
  const refused = async (body: unknown) => {
    const answer = await sandbox.control('POST', '/messages', body);
    expect(answer.body).toEqual({ error: expect.any(String), message: expect.any(String) });
    return answer.status;
  };
  expect(await refused({ from: 'outsider1', text: 'hi' })).toBe(403);
  expect(await refused({ from: 'nobody', text: 'hi' })).toBe(404);
  expect(await refused({ from: 'staff1', to: 'cid-none', text: 'hi' })).toBe(404);
  expect(await refused({ from: 'staff1', text: '  ' })).toBe(400);
  expect(await refused({ from: 'staff1' })).toBe(400);
  expect(await refused({ text: 'hi' })).toBe(400);
  expect(await refused({ repeatOf: 'none' })).toBe(404);
  expect(await refused({ from: 'staff1', text: 'hi', unheardOf: 1 })).toBe(400);
  expect(await refused(multipart({ from: 'outsider1' }, [one]))).toBe(403);
  await sandbox.control('POST', '/groups', { conversationId: 'cid-2', title: 'Two', members: ['staff2'] });
  expect(await refused({ from: 'staff1', to: 'cid-2', text: 'hi' })).toBe(403);
  const broken = await fetch(`${sandbox.url}/sandbox/api/messages`, { method: 'POST', body: '{"from":' });
  expect(broken.status).toBe(400);
});

test('repeatOf pushes the very same message again, under the same messageId unless a knob says otherwise', async () => {
  const sandbox = await aSandbox();
  const stream = await aStream(sandbox);
  const sent = await sandbox.control('POST', '/messages', { from: 'staff1', text: 'once' });
  await stream.received(1);
  const again = await sandbox.control('POST', '/messages', { repeatOf: sent.body.msgId });
  expect(again.body).toEqual({ msgId: sent.body.msgId });
  const [first, second] = await stream.received(2);
  expect(second?.data).toEqual(first?.data);
  expect(second?.headers.messageId).toBe(first?.headers.messageId);
  await sandbox.control('POST', '/faults/newMessageId', { times: 1, on: 'message' });
  await sandbox.control('POST', '/messages', { repeatOf: sent.body.msgId });
  const [, , third] = await stream.received(3);
  expect(third?.data).toEqual(first?.data);
  expect(third?.headers.messageId).not.toBe(first?.headers.messageId);
  const stats = await sandbox.control('GET', '/stats?userId=staff1');
  expect(stats.body).toMatchObject({ pushes: { messages: 1, redelivered: 2 } });
  expect((await sandbox.control<Entry[]>('GET', '/conversations/staff1')).body).toHaveLength(1);
});

test('a frame carries what a real one carries', async () => {
  const sandbox = await aSandbox();
  const stream = await aStream(sandbox);
  await sandbox.control('POST', '/messages', { from: 'staff1', text: 'hi' });
  const [frame] = await stream.received(1);
  expect(frame?.headers).toMatchObject({
    topic: '/v1.0/im/bot/messages/get',
    contentType: 'application/json',
    messageId: expect.any(String),
    time: expect.stringMatching(/^\d{13}$/),
    appId: 'demo-client',
    connectionId: expect.any(String),
  });
  expect(frame?.data).toMatchObject({
    conversationType: '1',
    senderStaffId: 'staff1',
    senderNick: 'Dao Kamon',
    senderCorpId: 'demo-corp',
    robotCode: 'demo-client',
    createAt: expect.any(Number),
    sessionWebhook: expect.stringContaining('/robot/sendBySession?session='),
  });
  const reply = await sandbox.ask('POST', String(frame?.data.sessionWebhook).replace(sandbox.url, ''), {
    msgtype: 'text',
    text: { content: 'hello' },
  });
  expect(reply.body).toEqual({ errcode: 0, errmsg: 'ok' });
  const entries = (await sandbox.control<Entry[]>('GET', '/conversations/staff1')).body;
  expect(entries.at(-1)).toMatchObject({ from: 'bot', text: 'hello' });
});
