import type { ErrorCode } from '@field/kit/errors';
import { expect, it } from 'vitest';
import { translator } from '../../cards/text.ts';
import { aSandbox, type TestSandbox } from '../../packages/dingtalk-sandbox/test/support/sandbox.ts';
import { readAppConfig } from '../../src/config/config.ts';
import { dingTalkOf } from '../../src/operator/dingtalk.ts';
import { oneOfEach } from '../dingtalk/documented-refusals.ts';
import { typed } from './typed.ts';

const SET = 'quick-entries set --corp-id demo-corp';
const REAL = {
  DINGTALK_CLIENT_SECRET: 'demo-secret',
  DINGTALK_CARD_TEMPLATE_ID: 'x.schema',
  DATA_KEY: Buffer.alloc(32).toString('base64'),
};

/** The app of a sandbox, as an operator's settings name it. */
function on(sandbox: TestSandbox, more: Readonly<Record<string, string>> = {}) {
  const base = { DINGTALK_API_BASE: sandbox.url, DINGTALK_OAPI_BASE: sandbox.url };
  const env = { DINGTALK_CLIENT_ID: 'demo-client', ...REAL, ...base, PUBLIC_URL: 'https://field.example', ...more };
  return { dingTalk: () => dingTalkOf(readAppConfig(env)) };
}

it('sets the four entries in the client’s languages, shows them and takes them away', async () => {
  const sandbox = await aSandbox();
  const operator = on(sandbox);
  expect((await typed('quick-entries show', operator)).out).toBe(
    'Nothing stands there yet. See: npm run op -- quick-entries set --help',
  );
  const lines = ['Products', 'Tasks', 'Results', 'Language'].map(
    (name) => `${name}  https://field.example/go/${name.toLowerCase()}?corpId=demo-corp`,
  );
  expect(await typed(SET, operator)).toEqual({
    exit: 0,
    out: ["At the bottom of everybody's chat with the robot now:", ...lines].join('\n'),
    err: '',
  });
  expect((await typed('quick-entries show', operator)).out).toBe(lines.join('\n'));

  const query = () => sandbox.api('POST', '/v1.0/robot/plugins/query', { robotCode: 'demo-client' });
  const { pluginInfoList } = (await query()).body as { pluginInfoList: Record<string, string>[] };
  expect(pluginInfoList).toHaveLength(4);
  const [products] = pluginInfoList;
  const inEach = { en_US: 'en', th_TH: 'th', zh_CN: 'zh-CN', zh_TW: 'zh-HK', zh_HK: 'zh-HK', ja_JP: 'ja' } as const;
  expect(JSON.parse(products?.name ?? '')).toMatchObject(
    Object.fromEntries(
      Object.entries(inEach).map(([client, language]) => [client, translator(language)('entry.products')]),
    ),
  );
  const inside = new URL(products?.pcUrl ?? '');
  expect(inside.searchParams.get('url')).toBe(products?.mobileUrl);
  const icon = await fetch(`${sandbox.url}/sandbox/api/media/${encodeURIComponent(products?.icon ?? '')}`);
  expect(Buffer.from(await icon.arrayBuffer()).toString('latin1', 1, 4)).toBe('PNG');

  expect((await typed('quick-entries clear', operator)).exit).toBe(0);
  expect(JSON.parse((await typed('quick-entries show --json', operator)).out)).toEqual({ entries: [] });
});

it('without an address for phones says what is missing, and asks DingTalk nothing', async () => {
  const sandbox = await aSandbox();
  const nowhere = { dingTalk: () => ({ ...on(sandbox).dingTalk(), webAddress: undefined }) };
  expect(await typed(SET, nowhere)).toEqual({
    exit: 1,
    out: '',
    err: 'PUBLIC_URL is missing: the entries open pages of the bot, so phones must reach its web.',
  });
  expect((await sandbox.control('GET', '/stats')).body).toMatchObject({ apiCalls: { billed: 0 } });
});

it.each([
  [
    'another robot',
    { DINGTALK_ROBOT_CODE: 'other' },
    /^DINGTALK_ROBOT_CODE is not the code of a robot of this app.*\(invalidRequest\.robotCodeNotMatch\)\.$/,
  ],
  ['a wrong secret', { DINGTALK_CLIENT_SECRET: 'wrong' }, /^DingTalk does not know this app: check DINGTALK_CLIENT_ID/],
  [
    'nobody there',
    { DINGTALK_API_BASE: 'http://127.0.0.1:9', DINGTALK_OAPI_BASE: 'http://127.0.0.1:9' },
    /^DingTalk does not answer\./,
  ],
])('what DingTalk refuses is a sentence: %s', async (_, env, sentence) => {
  const { exit, out, err } = await typed(SET, on(await aSandbox(), env));
  expect([exit, out]).toEqual([1, '']);
  expect(err).toMatch(sentence);
});

const REFUSED: Readonly<Partial<Record<ErrorCode, RegExp>>> = {
  'dingtalk.permission': /^The app lacks a permission: give it Robot\.SingleChat\.ReadWrite/,
  'dingtalk.robotCode': /^DINGTALK_ROBOT_CODE is not the code of a robot of this app/,
  'dingtalk.ipNotListed': /^It did not work \(dingtalk\.ipNotListed\)\. Add the address of this server/,
  'dingtalk.refused': /^DingTalk refused it \(param\.illegal\)\.$/,
  'dingtalk.quotaUsedUp': /^The organisation's calls of this month are used up\.$/,
  'dingtalk.unreachable': /^DingTalk does not answer\. Try again/,
};

it.each(oneOfEach('quickEntries.set'))(
  'a refusal is a sentence, and is over when DingTalk says so: %j',
  async (refusal) => {
    const sandbox = await aSandbox();
    const { code, status, means } = refusal;
    const knob = { kind: 'refusal', path: '/v1.0/robot/plugins/set', code, status };
    await sandbox.control('POST', '/faults', knob);
    const { exit, err } = await typed(SET, on(sandbox));
    expect(exit).toBe(1);
    expect(err).toMatch(REFUSED[means] ?? new RegExp(`^It did not work \\(${means}\\)\\. Try again in a moment\\.$`));
    await sandbox.control('DELETE', '/faults');
    expect((await typed(SET, on(sandbox))).exit).toBe(0);
  },
);

it('needs a CorpId that may be one', async () => {
  expect((await typed('quick-entries set')).err).toMatch(/^--corp-id is missing: the organisation's CorpId/);
  expect((await typed('quick-entries set --corp-id "a b"')).err).toMatch(/^--corp-id is no CorpId: "a b"\./);
});

it('without an app of its own is about the demo on this machine', () => {
  const DATA_KEY = REAL.DATA_KEY;
  expect(readAppConfig({ DATA_KEY }).dingtalk).toMatchObject({
    clientId: 'demo-client',
    apiBase: 'http://127.0.0.1:3000',
    oapiBase: 'http://127.0.0.1:3000',
  });
  expect(readAppConfig({ DATA_KEY, SANDBOX_PORT: '4000' }).dingtalk.apiBase).toBe('http://127.0.0.1:4000');
});
