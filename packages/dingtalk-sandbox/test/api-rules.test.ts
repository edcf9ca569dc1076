import { MovableClock } from '@field/kit/clock';
import { expect, test } from 'vitest';
import type { Entry } from '../src/protocol/page-protocol.ts';
import { aCard, aSandbox } from './support/sandbox.ts';

const CREATE = '/v1.0/card/instances/createAndDeliver';

test('a token is the same while it lives, and both doors give it', async () => {
  const sandbox = await aSandbox();
  const token = await sandbox.demoToken();
  expect(await sandbox.demoToken()).toBe(token);
  const old = await sandbox.ask('GET', '/gettoken?appkey=demo-client&appsecret=demo-secret');
  expect(old.body).toEqual({ errcode: 0, errmsg: 'ok', access_token: token, expires_in: 7200 });
});

test('wrong credentials and wrong tokens get each host its own refusal', async () => {
  const sandbox = await aSandbox();
  const asked = { appKey: 'demo-client', appSecret: 'wrong' };
  const bad = await sandbox.ask('POST', '/v1.0/oauth2/accessToken', asked);
  expect(bad).toMatchObject({ status: 400, body: { code: 'invalidClientIdOrSecret' } });
  const old = await sandbox.ask('GET', '/gettoken?appkey=demo-client&appsecret=wrong');
  expect(old).toMatchObject({ status: 200, body: { errcode: 40089 } });
  for (const token of ['', 'made-up']) {
    const refused = await sandbox.api('POST', CREATE, aCard('c1', 'staff1', {}), token);
    expect(refused).toMatchObject({ status: 400, body: { code: 'InvalidAuthentication' } });
    const contact = await sandbox.ask('POST', `/topapi/v2/user/get?access_token=${token}`, { userid: 'staff1' });
    expect(contact).toMatchObject({ status: 200, body: { errcode: 88, sub_code: '40014' } });
  }
});

test('a token that was ended is refused, and a new one is another', async () => {
  const sandbox = await aSandbox();
  const token = await sandbox.demoToken();
  await sandbox.control('POST', '/faults', { kind: 'tokenExpired' });
  const refused = await sandbox.api('POST', CREATE, aCard('c1', 'staff1', {}), token);
  expect(refused.body).toMatchObject({ code: 'InvalidAuthentication' });
  expect(await sandbox.demoToken()).not.toBe(token);
});

/** Machine time that a test moves. */
class StandingClock extends MovableClock {
  standing = super.machine();

  override machine(): number {
    return this.standing;
  }
}

test('more than twenty calls a second of one API are refused and not counted', async () => {
  const clock = new StandingClock();
  const sandbox = await aSandbox({ clock });
  const token = await sandbox.demoToken();
  const calls = Array.from({ length: 26 }, (_, index) =>
    sandbox.api('POST', CREATE, aCard(`c${index}`, 'staff1', { title: 'x' }), token),
  );
  const answers = await Promise.all(calls);
  const refused = answers.filter(({ status }) => status === 403);
  expect(refused).toHaveLength(6);
  for (const { body } of refused) expect(body.code).toBe('Forbidden.AccessDenied.QpsLimitForAppkeyAndApi');
  const other = await sandbox.api(
    'PUT',
    '/v1.0/card/instances',
    { outTrackId: 'none', cardData: { cardParamMap: {} } },
    token,
  );
  expect(other.status).toBe(400);
  const stats = await sandbox.control('GET', '/stats');
  expect(stats.body).toMatchObject({ throttled: 6, apiCalls: { billed: 20 } });
  clock.standing += 1_000;
  expect((await sandbox.api('POST', CREATE, aCard('c99', 'staff1', { title: 'x' }), token)).status).toBe(200);
});

test('whatever DingTalk does not have here is not found, in its words', async () => {
  const sandbox = await aSandbox();
  const answer = await sandbox.api('POST', '/v1.0/calendar/users/x/calendars', {});
  expect(answer).toMatchObject({
    status: 404,
    body: { code: 'InvalidAction.NotFound', requestid: expect.any(String) },
  });
  const broken = await fetch(`${sandbox.url}${CREATE}`, {
    method: 'POST',
    headers: { 'x-acs-dingtalk-access-token': await sandbox.demoToken() },
    body: 'not json',
  });
  expect(broken.status).toBe(400);
});

test('a 504 can mean that nothing was done, or that everything was', async () => {
  const sandbox = await aSandbox();
  const path = CREATE;
  await sandbox.control('POST', '/faults', [
    { kind: 'gatewayTimeout', path, times: 1, userId: 'staff1' },
    { kind: 'gatewayTimeout', path, times: 1, userId: 'staff2', done: true },
  ]);
  expect((await sandbox.api('POST', CREATE, aCard('c1', 'staff1', {}))).status).toBe(504);
  expect((await sandbox.api('POST', CREATE, aCard('c2', 'staff2', {}))).status).toBe(504);
  expect((await sandbox.control('GET', '/cards/c1')).status).toBe(404);
  expect((await sandbox.control('GET', '/cards/c2')).status).toBe(200);
  expect((await sandbox.api('POST', CREATE, aCard('c1', 'staff1', {}))).status).toBe(200);
});

test('refusals on demand: too fast, used up; cleared they are gone', async () => {
  const sandbox = await aSandbox();
  const path = CREATE;
  const call = () => sandbox.api('POST', CREATE, aCard('c1', 'staff1', {}));
  await sandbox.control('POST', '/faults', { kind: 'qps', path, times: 1 });
  expect(await call()).toMatchObject({ status: 403, body: { code: expect.stringContaining('QpsLimit') } });
  await sandbox.control('POST', '/faults', { kind: 'apiQuota', path });
  expect(await call()).toMatchObject({ status: 403, body: { code: expect.stringContaining('ApiCountLimitForOrg') } });
  expect((await sandbox.control('GET', '/faults')).body).toMatchObject([{ kind: 'apiQuota', left: null }]);
  await sandbox.control('DELETE', '/faults');
  expect(await call()).toMatchObject({ status: 200 });
  expect((await sandbox.control('POST', '/faults', { kind: 'unheard-of' })).status).toBe(400);
});

test('robot messages: a 200 that hides failures, and the checks before it', async () => {
  const sandbox = await aSandbox();
  const msgParam = JSON.stringify({ content: 'hello' });
  const good = { robotCode: 'demo-client', userIds: ['staff1', 'nobody'], msgKey: 'sampleText', msgParam };
  const send = (change: object) => sandbox.api('POST', '/v1.0/robot/oToMessages/batchSend', { ...good, ...change });
  expect((await send({})).body).toMatchObject({ invalidStaffIdList: ['nobody'], flowControlledStaffIdList: [] });
  const code = async (change: object) => (await send(change)).body.code;
  expect(await code({ robotCode: '' })).toBe('invalidParameter.robotCode.empty');
  expect(await code({ robotCode: 'x' })).toBe('invalidParameter.robotCode.notExsit');
  expect(await code({ userIds: [] })).toBe('invalidParameter.userIds.empty');
  expect(await code({ userIds: Array(21).fill('staff1') })).toBe('invalidParameter.userIds.overMax');
  expect(await code({ userIds: ['nobody'] })).toBe('staffId.notExisted');
  expect(await code({ msgKey: 'odd' })).toBe('invalidParameter.msgKey.invalid');
  expect(await code({ msgParam: '{}' })).toBe('miss.param.contentOfText');
  expect(await code({ msgParam: 'x' })).toBe('invalidParameter.msgParam.invalid');
  expect(await code({ msgParam: 'x'.repeat(15_001) })).toBe('invalidParameter.msgParam.tooLong');
  const group = { robotCode: 'demo-client', openConversationId: 'cid-demo', msgKey: 'sampleMarkdown' };
  const markdown = { ...group, msgParam: JSON.stringify({ title: 'Digest', text: '# 3 shops' }) };
  expect((await sandbox.api('POST', '/v1.0/robot/groupMessages/send', markdown)).status).toBe(200);
  const nowhere = await sandbox.api('POST', '/v1.0/robot/groupMessages/send', { ...markdown, openConversationId: 'x' });
  expect(nowhere.body).toMatchObject({ code: 'invalid.openConversationId' });
  const seen = (await sandbox.control<Entry[]>('GET', '/conversations/cid-demo?viewer=staff2')).body;
  expect(seen).toMatchObject([{ from: 'bot', text: '# 3 shops' }]);
});

test('the control API is for this machine only', async () => {
  const sandbox = await aSandbox();
  const asked = (headers: Record<string, string>) => sandbox.ask('GET', '/sandbox/api/users', undefined, headers);
  expect((await asked({ origin: 'http://evil.example' })).status).toBe(403);
  expect((await asked({ origin: sandbox.url })).status).toBe(200);
  expect((await sandbox.control('GET', '/nothing')).body).toMatchObject({ error: 'notFound' });
});
