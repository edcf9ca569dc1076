import { describe, expect, it } from 'vitest';
import { apiPeer, failure } from './open-api-peer.ts';

const SET = '/v1.0/robot/plugins/set';
const QUERY = '/v1.0/robot/plugins/query';
const CLEAR = '/v1.0/robot/plugins/clear';
const WHO = '/topapi/v2/user/getuserinfo';
const TASKS = {
  names: { en_US: 'Tasks', th_TH: 'งาน' },
  icon: '@lAL1',
  phoneUrl: 'https://a.example/go',
  computerUrl: 'dingtalk://x',
};
const ON_THE_WIRE = {
  name: '{"en_US":"Tasks","th_TH":"งาน"}',
  icon: '@lAL1',
  mobileUrl: 'https://a.example/go',
  pcUrl: 'dingtalk://x',
};

async function peer(answers: Readonly<Record<string, object>>) {
  const { api, gateway } = await apiPeer();
  for (const [path, body] of Object.entries(answers)) gateway.answers.set(path, () => ({ body }));
  const sent = (path: string) => JSON.parse(gateway.asked.find((asked) => asked.path === path)?.text ?? '{}');
  return { api, gateway, sent };
}

describe('the quick entries of the robot', () => {
  it('are set as the documentation shows, and read back', async () => {
    const { api, sent } = await peer({ [SET]: { result: true }, [QUERY]: { pluginInfoList: [ON_THE_WIRE] } });
    await api.quickEntries.set([TASKS]);
    expect(sent(SET)).toEqual({ robotCode: 'robot-1', pluginInfoList: [ON_THE_WIRE] });
    expect(await api.quickEntries.list()).toEqual([TASKS]);
    expect(sent(QUERY)).toEqual({ robotCode: 'robot-1' });
  });

  it('of others may have one name for all, or hardly anything', async () => {
    const { api } = await peer({ [QUERY]: { pluginInfoList: [{ name: 'Menu' }, {}] } });
    const nothing = { icon: '', phoneUrl: '', computerUrl: '' };
    expect(await api.quickEntries.list()).toEqual([
      { names: { '*': 'Menu' }, ...nothing },
      { names: { '*': '' }, ...nothing },
    ]);
    expect(await (await peer({ [QUERY]: {} })).api.quickEntries.list()).toEqual([]);
  });

  it('are cleared', async () => {
    const { api, sent } = await peer({ [CLEAR]: { result: true } });
    await api.quickEntries.clear();
    expect(sent(CLEAR)).toEqual({ robotCode: 'robot-1' });
  });

  it('were not set where a 200 says no', async () => {
    const { api } = await peer({ [SET]: { result: false }, [CLEAR]: { result: false } });
    expect(await failure(api.quickEntries.set([TASKS]))).toMatchObject({ code: 'dingtalk.refused' });
    expect(await failure(api.quickEntries.clear())).toMatchObject({ code: 'dingtalk.refused' });
  });

  it('are refused with DingTalk’s own code', async () => {
    const { api, gateway } = await apiPeer();
    gateway.answers.set(SET, () => ({ status: 400, body: { code: 'invalidRequest.robotNotExist', message: 'x' } }));
    expect(await failure(api.quickEntries.set([TASKS]))).toMatchObject({
      kind: 'configuration',
      details: { code: 'invalidRequest.robotNotExist' },
    });
  });
});

describe('the code of a page inside DingTalk', () => {
  it('tells whose it is', async () => {
    const { api, sent } = await peer({ [WHO]: { errcode: 0, errmsg: 'ok', result: { userid: 'nok', name: 'Nok' } } });
    expect(await api.userByCode('hYLK98jkf0m')).toBe('nok');
    expect(sent(WHO)).toEqual({ code: 'hYLK98jkf0m' });
  });

  it.each([40078, '40078', 40079])(
    'is nobody’s when it is used up, too old, or another organisation’s: %j',
    async (errcode) => {
      const { api } = await peer({ [WHO]: { errcode, errmsg: '不存在的临时授权码' } });
      expect(await api.userByCode('x')).toBeUndefined();
    },
  );

  it.each([
    [{ errcode: 88, errmsg: 'x' }, 'retryable'],
    [{ errcode: 60011, errmsg: 'x' }, 'configuration'],
    [{ errcode: 0, result: {} }, 'permanent'],
  ])('fails otherwise by its cause: %j', async (body, kind) => {
    const { api } = await peer({ [WHO]: body });
    expect(await failure(api.userByCode('x'))).toMatchObject({ kind });
  });
});
