import { expect, test } from 'vitest';
import { aSandbox, type TestSandbox } from './support/sandbox.ts';
import { aStream } from './support/stream.ts';

async function contacts(sandbox: TestSandbox) {
  const token = await sandbox.demoToken();
  return (name: string, body: object) => sandbox.ask('POST', `/topapi/v2/user/${name}?access_token=${token}`, body);
}

const newcomer = { name: 'Somchai', mobile: '+66-812345998', dept_id_list: '1' };

test('user/create takes a number as DingTalk writes it, and no other form of it', async () => {
  const sandbox = await aSandbox();
  const ask = await contacts(sandbox);
  const errcode = async (mobile: string) => (await ask('create', { ...newcomer, mobile })).body.errcode;
  for (const wrong of [
    '+66812345999',
    '0812345998',
    '66-812345998',
    '+66-81 234 5998',
    '812345998',
    '+660812345998',
    '1380000000',
    '',
  ]) {
    expect([wrong, await errcode(wrong)]).toEqual([wrong, wrong === '' ? 400002 : 40104]);
  }
  const people = async () => (await sandbox.control<unknown[]>('GET', '/users')).body.length;
  expect(await people()).toBe(4);
  for (const right of ['+66-812345998', '13800000001', '+86-13800000002', '+852-51234567']) {
    expect([right, await errcode(right)]).toEqual([right, 40103]);
  }
  expect(await people()).toBe(8);
});

test('a number of the mainland is one with and without its country', async () => {
  const sandbox = await aSandbox();
  const ask = await contacts(sandbox);
  await sandbox.control('POST', '/users', { userId: 'p1', name: 'Li', mobile: '+86-13800000001' });
  for (const mobile of ['13800000001', '+86-13800000001']) {
    expect((await ask('getbymobile', { mobile })).body).toMatchObject({ errcode: 0, result: { userid: 'p1' } });
    expect((await ask('create', { ...newcomer, mobile })).body.errcode).toBe(60104);
  }
});

test('getbymobile finds nobody by a number without its form', async () => {
  const sandbox = await aSandbox();
  const ask = await contacts(sandbox);
  for (const mobile of ['66-812345011', '+66812345011', '0812345011', '66812345011']) {
    expect((await ask('getbymobile', { mobile })).body).toMatchObject({ errcode: 40104 });
  }
  expect((await ask('getbymobile', { mobile: 66 })).body).toMatchObject({ errcode: 400002 });
  expect((await ask('getbymobile', { mobile: '+66-812345011' })).body).toMatchObject({ result: { userid: 'staff1' } });
});

test('departments are a text of ids with commas, as the page and its examples write them', async () => {
  const sandbox = await aSandbox();
  const ask = await contacts(sandbox);
  const errcode = async (dept_id_list: unknown) => (await ask('create', { ...newcomer, dept_id_list })).body.errcode;
  for (const wrong of [[1], 1, '', null]) expect([wrong, await errcode(wrong)]).toEqual([wrong, 400002]);
  const tooMany = Array.from({ length: 101 }, (_, id) => id + 1).join(',');
  for (const wrong of ['abc', '1;2', '1,', '[1]', tooMany])
    expect([wrong, await errcode(wrong)]).toEqual([wrong, 40066]);
  for (const right of ['1', '1,2,3', '"2,3,4"', '\\"2,3,4\\"'])
    expect([right, await errcode(right)]).toEqual([right, 40103]);
});

test('the old host takes forms, the token among their fields, as the official curl sends them', async () => {
  const sandbox = await aSandbox();
  const token = await sandbox.demoToken();
  const post = async (
    path: string,
    fields: Record<string, string>,
    type = 'application/x-www-form-urlencoded;charset=utf-8',
  ) => {
    const answer = await fetch(`${sandbox.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': type, 'x-acs-dingtalk-access-token': token },
      body: new URLSearchParams(fields).toString(),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const found = { status: 200, body: { errcode: 0, result: { name: 'Dao Kamon' } } };
  expect(await post('/topapi/v2/user/get', { userid: 'staff1', access_token: token })).toMatchObject(found);
  expect(await post(`/topapi/v2/user/get?access_token=${token}`, { userid: 'staff1' })).toMatchObject(found);
  expect((await post('/topapi/v2/user/get', { userid: 'staff1' })).body).toMatchObject({
    errcode: 88,
    sub_code: '40014',
  });
  expect((await post(`/topapi/v2/user/create?access_token=${token}`, newcomer)).body).toMatchObject({ errcode: 40103 });
  const json = await post(`/topapi/v2/user/get?access_token=${token}`, { userid: 'staff1' }, 'application/json');
  expect(json.body).toMatchObject({ errcode: 40035 });
  expect((await post('/v1.0/card/instances', { outTrackId: 'c1' })).status).toBe(400);
});

test('knob: an ordinary person is a member at once, and the app hears of it', async () => {
  const sandbox = await aSandbox();
  const ask = await contacts(sandbox);
  const stream = await aStream(sandbox, () => ({ data: { status: 'SUCCESS' } }));
  await sandbox.control('POST', '/faults/memberAtOnce', { times: 2 });
  const { body } = await ask('create', { ...newcomer, userid: 'somchai' });
  expect(body).toMatchObject({ errcode: 0, result: { userid: 'somchai', unionId: expect.any(String) } });
  const [added] = await stream.received(1);
  expect(added).toMatchObject({ headers: { eventType: 'user_add_org' }, data: { userId: ['somchai'] } });
  expect((await ask('get', { userid: 'somchai' })).body).toMatchObject({ errcode: 0 });
  expect((await ask('create', { ...newcomer, mobile: '+66-812345099' })).body).toMatchObject({
    result: { userid: 'outsider1' },
  });
  expect((await sandbox.control('GET', '/conversations/outsider1')).body).toEqual([]);
  expect((await ask('create', { ...newcomer, mobile: '+66-812345997' })).body.errcode).toBe(40103);
});

test('knob: an organisation registered abroad wants +86- before numbers of the mainland', async () => {
  const sandbox = await aSandbox();
  const ask = await contacts(sandbox);
  await sandbox.control('POST', '/faults/registeredAbroad', {});
  const errcode = async (mobile: string) => (await ask('create', { ...newcomer, mobile })).body.errcode;
  expect(await errcode('13800000001')).toBe(40104);
  expect(await errcode('+86-13800000001')).toBe(40103);
  await sandbox.control('DELETE', '/faults/registeredAbroad');
  expect(await errcode('13800000001')).toBe(40103);
});

test('knob: user/get answers the number in two, as its page has it', async () => {
  const sandbox = await aSandbox();
  const ask = await contacts(sandbox);
  expect((await ask('get', { userid: 'staff1' })).body).toMatchObject({ result: { mobile: '+66-812345011' } });
  await sandbox.control('POST', '/faults/bareMobile', { userId: 'staff1', times: 1 });
  expect((await ask('get', { userid: 'staff2' })).body).toMatchObject({ result: { mobile: '+66-812345012' } });
  expect((await ask('get', { userid: 'staff1' })).body).toMatchObject({
    result: { state_code: '66', mobile: '812345011' },
  });
});
