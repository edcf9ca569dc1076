import { describe, expect, test } from 'vitest';
import { aSandbox, type TestSandbox } from './support/sandbox.ts';

const ROBOT = { robotCode: 'demo-client' };
const TASKS = {
  name: '{"en_US":"Tasks","zh_CN":"任务"}',
  icon: '@lALPDtXaDkO3j7hgYA',
  pcUrl: 'dingtalk://dingtalkclient/page/link?url=https%3A%2F%2Fa.example&pc_slide=true',
  mobileUrl: 'https://a.example',
};

const plugins = (sandbox: TestSandbox, what: 'set' | 'query' | 'clear', body: object) =>
  sandbox.api('POST', `/v1.0/robot/plugins/${what}`, body);

describe('the quick entries of a robot', () => {
  test('are set, told, replaced as a whole and cleared', async () => {
    const sandbox = await aSandbox();
    const told = async () => (await plugins(sandbox, 'query', ROBOT)).body.pluginInfoList;
    expect(await told()).toEqual([]);
    const bare = { name: 'Products', icon: '@lALx' };
    expect(await plugins(sandbox, 'set', { ...ROBOT, pluginInfoList: [TASKS, bare] })).toEqual({
      status: 200,
      body: { result: true },
    });
    expect(await told()).toEqual([TASKS, bare]);
    await plugins(sandbox, 'set', { pluginInfoList: [bare] });
    expect(await told()).toEqual([bare]);
    expect((await plugins(sandbox, 'clear', ROBOT)).body).toEqual({ result: true });
    expect(await told()).toEqual([]);
  });

  test('stay over a restart and a reset, and their icons with them', async () => {
    const first = await aSandbox();
    const form = new FormData();
    form.append('media', new Blob([Buffer.from('\x89PNG....', 'latin1')]), 'a.png');
    const token = await first.demoToken();
    const icon = String(
      (await first.ask('POST', `/media/upload?access_token=${token}&type=image`, form)).body.media_id,
    );
    const other = String(
      (await first.ask('POST', `/media/upload?access_token=${token}&type=image`, form)).body.media_id,
    );
    await plugins(first, 'set', { ...ROBOT, pluginInfoList: [{ ...TASKS, icon }] });
    await first.control('POST', '/reset', {});
    await first.close();
    const again = await aSandbox({ dataDir: first.dataDir });
    expect((await plugins(again, 'query', ROBOT)).body.pluginInfoList).toEqual([{ ...TASKS, icon }]);
    const fetched = (id: string) => fetch(`${again.url}/sandbox/api/media/${encodeURIComponent(id)}`);
    expect([(await fetched(icon)).status, (await fetched(other)).status]).toEqual([200, 404]);
  });

  test.each([
    ['another robot', { robotCode: 'other' }, 'invalidRequest.robotCodeNotMatch'],
    ['no icon', { pluginInfoList: [{ name: 'Tasks' }] }, 'param.illegal'],
    ['no name', { pluginInfoList: [{ icon: '@x', name: '' }] }, 'param.illegal'],
    ['an address that is none', { pluginInfoList: [{ ...TASKS, mobileUrl: 'javascript:alert(1)' }] }, 'param.illegal'],
    ['a list that is none', { pluginInfoList: 'x' }, 'param.illegal'],
    ['a broken name', { pluginInfoList: [{ ...TASKS, name: '{"en_US":' }] }, 'invalidRequest.jsonFormatErroj'],
    ['too many', { pluginInfoList: Array.from({ length: 11 }, () => TASKS) }, 'invalidRequest.exceededMaximumLimit'],
  ])('are refused with %s', async (_, body, code) => {
    const sandbox = await aSandbox();
    expect(await plugins(sandbox, 'set', { ...ROBOT, ...body })).toMatchObject({ status: 400, body: { code } });
  });

  test('cannot be asked for without a robot or a token', async () => {
    const sandbox = await aSandbox();
    for (const what of ['query', 'clear'] as const) {
      expect((await plugins(sandbox, what, {})).body).toMatchObject({ code: 'param.illegal' });
    }
    const stranger = await sandbox.api('POST', '/v1.0/robot/plugins/query', ROBOT, 'wrong');
    expect(stranger.body).toMatchObject({ code: 'InvalidAuthentication' });
  });
});

describe('the code of a web page inside DingTalk', () => {
  const codeOf = async (sandbox: TestSandbox, userId: string, more: object = {}) =>
    String((await sandbox.control('POST', `/users/${userId}/auth-codes`, { corpId: 'demo-corp', ...more })).body.code);
  const who = async (sandbox: TestSandbox, code: unknown) => {
    const path = `/topapi/v2/user/getuserinfo?access_token=${await sandbox.demoToken()}`;
    return (await sandbox.ask('POST', path, { code })).body;
  };

  test('tells the app who it is, once, and costs nothing of the month', async () => {
    const sandbox = await aSandbox();
    const code = await codeOf(sandbox, 'staff1');
    expect(await who(sandbox, code)).toMatchObject({ errcode: 0, result: { userid: 'staff1', name: 'Dao Kamon' } });
    expect(await who(sandbox, code)).toMatchObject({ errcode: 40078 });
    expect((await sandbox.control('GET', '/stats')).body).toMatchObject({ apiCalls: { billed: 0 } });
  });

  test('is of no use after five minutes, to another app, or when the person has left', async () => {
    const sandbox = await aSandbox();
    const late = await codeOf(sandbox, 'staff1');
    const machine = sandbox.clock.machine.bind(sandbox.clock);
    sandbox.clock.machine = () => machine() + 5 * 60_000;
    expect(await who(sandbox, late)).toMatchObject({ errcode: 40078 });
    sandbox.clock.machine = machine;
    expect(await who(sandbox, await codeOf(sandbox, 'staff1', { clientId: 'other' }))).toMatchObject({
      errcode: 40078,
    });
    const left = await codeOf(sandbox, 'staff2');
    await sandbox.control('POST', '/users/staff2/leave');
    for (const code of [left, 'made-up', '', 7, undefined]) {
      expect(await who(sandbox, code)).toMatchObject({ errcode: 40078 });
    }
  });

  test('is given only to people of the organisation, for it', async () => {
    const sandbox = await aSandbox();
    const asked = (userId: string, corpId: string) =>
      sandbox.control('POST', `/users/${userId}/auth-codes`, { corpId });
    expect(await asked('staff1', 'other-corp')).toMatchObject({ status: 403, body: { error: 'wrongOrganisation' } });
    expect(await asked('outsider1', 'demo-corp')).toMatchObject({ status: 403, body: { error: 'notJoined' } });
    expect((await asked('nobody', 'demo-corp')).status).toBe(404);
  });
});
