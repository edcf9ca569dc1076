import sharp from 'sharp';
import { expect, test } from 'vitest';
import type { Entry } from '../src/protocol/page-protocol.ts';
import { aCard, aSandbox, type TestSandbox } from './support/sandbox.ts';
import { aStream } from './support/stream.ts';

const DOWNLOAD = '/v1.0/robot/messageFiles/download';

async function sentPicture(sandbox: TestSandbox, bytes = 'JPEG'): Promise<string> {
  const form = new FormData();
  form.append('from', 'staff1');
  form.append('picture', new Blob([bytes]), 'a.jpg');
  await sandbox.control('POST', '/messages', form);
  const entry = (await sandbox.control<Entry[]>('GET', '/conversations/staff1')).body.at(-1);
  return entry?.files?.[0]?.downloadCode ?? '';
}

test('a picture is fetched through a temporary address', async () => {
  const sandbox = await aSandbox();
  const downloadCode = await sentPicture(sandbox);
  const { body } = await sandbox.api('POST', DOWNLOAD, { downloadCode, robotCode: 'demo-client' });
  expect(body.downloadUrl).toContain('Expires=');
  expect(await (await fetch(String(body.downloadUrl))).text()).toBe('JPEG');
  const stats = await sandbox.control('GET', '/stats?userId=staff1');
  expect(stats.body).toMatchObject({ apiCalls: { billed: 1, byPath: { [`POST ${DOWNLOAD}`]: 1 } } });
});

test('a wrong code, an expired code and an expired address are refused', async () => {
  const sandbox = await aSandbox();
  const downloadCode = await sentPicture(sandbox);
  const ask = (body: object) => sandbox.api('POST', DOWNLOAD, { downloadCode, robotCode: 'demo-client', ...body });
  const refused = { status: 400, body: { code: 'invalidParameter.robotCode.downloadCode' } };
  expect(await ask({ downloadCode: 'x' })).toMatchObject(refused);
  const foreign = { status: 400, body: { code: 'invalidParameter.robotCode.auth' } };
  for (const body of [{ robotCode: 'x' }, { robotCode: 'x', downloadCode: 'y' }])
    expect(await ask(body)).toMatchObject(foreign);
  const empty = { status: 400, body: { code: 'invalidParameter.robotCode.empty' } };
  for (const body of [{ robotCode: '' }, { robotCode: undefined }, { downloadCode: undefined }]) {
    expect(await ask(body)).toMatchObject(empty);
  }
  await sandbox.control('POST', '/faults', [
    { kind: 'codeExpired', times: 1, userId: 'staff1' },
    { kind: 'linkExpired', times: 1, userId: 'staff1' },
  ]);
  expect(await ask({})).toMatchObject(refused);
  const expired = await ask({});
  expect((await fetch(String(expired.body.downloadUrl))).status).toBe(403);
  const fine = await ask({});
  expect((await fetch(String(fine.body.downloadUrl))).status).toBe(200);
});

async function upload(sandbox: TestSandbox, type: string, name: string, bytes: Buffer) {
  const form = new FormData();
  form.append('type', type);
  form.append('media', new Blob([new Uint8Array(bytes)]), name);
  return sandbox.ask('POST', `/media/upload?access_token=${await sandbox.demoToken()}`, form);
}

test('an upload is checked, served, and counted for the one on whose card it first appears', async () => {
  const sandbox = await aSandbox();
  const jpeg = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#777' } })
    .jpeg()
    .toBuffer();
  const uploaded = await upload(sandbox, 'image', 'a.jpg', jpeg);
  expect(uploaded.body).toMatchObject({ errcode: 0, type: 'image', media_id: expect.stringMatching(/^@/) });
  const billed = async (userId: string) =>
    ((await sandbox.control('GET', `/stats?userId=${userId}`)).body.apiCalls as { billed: number }).billed;
  expect(await billed('staff1')).toBe(0);
  const pictures = JSON.stringify([{ url: uploaded.body.media_id, alt: 'Front' }]);
  for (const [id, userId] of [
    ['c1', 'staff1'],
    ['c2', 'staff2'],
  ] as const) {
    await sandbox.api('POST', '/v1.0/card/instances/createAndDeliver', aCard(id, userId, { pictures }));
  }
  expect([await billed('staff1'), await billed('staff2')]).toEqual([2, 1]);
  const card = (await sandbox.control('GET', '/cards/c1?viewer=staff1')).body as unknown as Entry;
  expect(card.nodes).toContainEqual({ kind: 'image', url: card.view?.images[0], alt: 'Front' });
  const shown = await fetch(`${sandbox.url}${card.view?.images[0]}`);
  expect(shown.headers.get('content-type')).toBe('image/jpeg');
  expect(Buffer.from(await shown.arrayBuffer()).equals(jpeg)).toBe(true);

  expect((await upload(sandbox, 'odd', 'a.jpg', jpeg)).body.errcode).toBe(40004);
  expect((await upload(sandbox, 'image', 'a.exe', jpeg)).body.errcode).toBe(40005);
  expect((await upload(sandbox, 'image', 'a.jpg', Buffer.from('text'))).body.errcode).toBe(40009);
  expect((await upload(sandbox, 'image', 'a.jpg', Buffer.alloc(0))).body.errcode).toBe(40006);
  expect((await upload(sandbox, 'image', 'a.jpg', Buffer.alloc(21 * 1024 * 1024, 'x'))).body.errcode).toBe(40006);
});

test('someone outside is invited, accepts, and the bot hears of it', async () => {
  const sandbox = await aSandbox();
  const token = await sandbox.demoToken();
  const contact = (name: string, body: object) =>
    sandbox.ask('POST', `/topapi/v2/user/${name}?access_token=${token}`, body);
  const newcomer = { name: 'Mali Wong', mobile: '+66-812345099', dept_id_list: '1' };
  expect((await contact('getbymobile', { mobile: newcomer.mobile })).body.errcode).toBe(60121);
  expect((await contact('getbymobile', { mobile: 'x' })).body.errcode).toBe(40104);
  expect((await contact('create', newcomer)).body.errcode).toBe(40103);
  const invited = (await sandbox.control<Entry[]>('GET', '/conversations/outsider1')).body;
  expect(invited).toMatchObject([{ kind: 'invitation', text: expect.stringContaining('Alipay Partners') }]);
  expect((await contact('get', { userid: 'outsider1' })).body.errcode).toBe(60121);

  const stream = await aStream(sandbox, () => ({ data: { status: 'SUCCESS' } }));
  await sandbox.control('POST', '/users/outsider1/join');
  const events = await stream.received(2);
  expect(events.map((event) => event.headers.eventType).sort()).toEqual(['user_active_org', 'user_add_org']);
  expect(events[0]).toMatchObject({
    type: 'EVENT',
    headers: { topic: '*', eventId: expect.any(String), eventCorpId: 'demo-corp', eventBornTime: expect.any(String) },
    data: { userId: ['outsider1'] },
  });
  expect((await contact('getbymobile', { mobile: '+66-812345099' })).body).toMatchObject({
    result: { userid: 'outsider1' },
  });
  expect((await contact('get', { userid: 'outsider1' })).body).toMatchObject({ result: { name: 'Mali Wong' } });
  expect((await contact('create', newcomer)).body.errcode).toBe(60104);
  await sandbox.control('POST', '/users/outsider1/leave');
  expect((await stream.received(3)).at(-1)?.headers.eventType).toBe('user_leave_org');
  expect((await sandbox.control('POST', '/messages', { from: 'outsider1', text: 'hi' })).status).toBe(403);
});

test('people and groups are made once', async () => {
  const sandbox = await aSandbox();
  const person = { userId: 'p1', name: 'Somsak', mobile: '+66-800000001' };
  expect((await sandbox.control('POST', '/users', person)).body).toEqual({ userId: 'p1', unionId: expect.any(String) });
  expect((await sandbox.control('POST', '/users', person)).status).toBe(409);
  expect((await sandbox.control('POST', '/users', { ...person, userId: 'p2' })).status).toBe(409);
  expect((await sandbox.control('POST', '/users', { name: '', mobile: 'x' })).status).toBe(400);
  const group = { title: 'Team', members: ['p1', 'staff1'] };
  expect((await sandbox.control('POST', '/groups', group)).body).toEqual({ conversationId: expect.any(String) });
  expect((await sandbox.control('POST', '/groups', { title: 'Odd', members: ['nobody'] })).status).toBe(404);
  expect((await sandbox.control('POST', '/groups', { title: 'Odd', members: ['outsider1'] })).status).toBe(403);
  const users = (await sandbox.control<{ userId: string }[]>('GET', '/users')).body.map(({ userId }) => userId);
  expect(users).toEqual(['admin1', 'staff1', 'staff2', 'outsider1', 'p1']);
  expect((await sandbox.control<unknown[]>('GET', '/groups')).body).toHaveLength(2);
});
