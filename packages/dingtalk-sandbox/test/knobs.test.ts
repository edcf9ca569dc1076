import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { faultSchema } from '../src/world/faults.ts';
import { aCard, aSandbox } from './support/sandbox.ts';

const CREATE = '/v1.0/card/instances/createAndDeliver';

test('any refusal can be played on any call, as its host says it, and costs nothing', async () => {
  const sandbox = await aSandbox();
  const token = await sandbox.demoToken();
  const play = (knob: object) => sandbox.control('POST', '/faults/refusal', { times: 1, ...knob });
  const create = () => sandbox.api('POST', CREATE, aCard('c1', 'staff1', { title: 'x' }));
  const scope = 'Forbidden.AccessDenied.AccessTokenPermissionDenied';
  const detail = { accessdenieddetail: { requiredScopes: ['Card.Instance.Write'] } };
  await play({ path: CREATE, code: scope, body: detail });
  expect(await create()).toMatchObject({
    status: 403,
    body: { code: scope, requestid: expect.any(String), ...detail },
  });
  await play({ path: '/v1.0/card/*', code: 'param.contentUnsafe', userId: 'staff1' });
  expect(await create()).toMatchObject({ status: 400, body: { code: 'param.contentUnsafe' } });
  await play({ path: '/v1.0/*/instances/*', code: 'system.busy' });
  expect((await create()).status).toBe(500);
  await play({ path: '*', method: 'POST', code: 'Throttling', status: 429, message: 'slow down' });
  expect(await create()).toMatchObject({ status: 429, body: { code: 'Throttling', message: 'slow down' } });
  expect((await create()).status).toBe(200);
  await play({ path: '/topapi/*', code: 88, message: 'ding talk error', body: { sub_code: '60011' } });
  const old = await sandbox.ask('POST', `/topapi/v2/user/get?access_token=${token}`, { userid: 'staff1' });
  expect(old).toMatchObject({ status: 200, body: { errcode: 88, errmsg: 'ding talk error', sub_code: '60011' } });
  expect((await sandbox.control('GET', '/stats')).body).toMatchObject({ apiCalls: { billed: 1 } });
});

test('a path stands for itself, a * for anything, and nothing else for more than itself', async () => {
  const sandbox = await aSandbox();
  const create = async () => (await sandbox.api('POST', CREATE, aCard('c1', 'staff1', { title: 'x' }))).status;
  const paths = [
    '/v1.0/card/instances',
    '/v1x0/card/instances/createAndDeliver',
    '/v1.0/card/*/deliver',
    '/v1.0/card/instances*/more',
  ];
  for (const path of paths) await sandbox.control('POST', '/faults/refusal', { path, code: 'no' });
  expect(await create()).toBe(200);
  await sandbox.control('POST', '/faults/refusal', { path: `${CREATE}*`, code: 'no' });
  expect(await create()).toBe(400);
});

test('a knob is set by a route of its own or in a list, checked, listed and ended by its kind', async () => {
  const sandbox = await aSandbox();
  const set = (path: string, body: unknown) => sandbox.control('POST', `/faults${path}`, body);
  expect((await set('/qps', { times: 2 })).body).toEqual({ ids: [1] });
  expect((await set('', [{ kind: 'apiQuota', path: '/gettoken' }, { kind: 'fireAndForget' }])).body).toEqual({
    ids: [2, 3],
  });
  expect((await set('/disconnect', {})).body).toEqual({ ids: [] });
  for (const [path, body] of [
    ['/unheardOf', {}],
    ['/qps', { delayMs: 5 }],
    ['/qps', { times: 0 }],
    ['/delayPush', {}],
    ['/refusal', {}],
    ['/refusal', { code: 'x', path: 'no-slash' }],
    ['/refusal', []],
    ['', []],
    ['', { kind: 'codeExpired', done: true }],
  ] as const) {
    expect([path, (await set(path, body)).status]).toEqual([path, 400]);
  }
  await sandbox.control('DELETE', '/faults/apiQuota');
  const left = (await sandbox.control('GET', '/faults')).body;
  expect(left).toEqual([
    { kind: 'qps', id: 1, times: 2, left: 2 },
    { kind: 'fireAndForget', id: 3, left: null },
  ]);
  expect((await sandbox.control('DELETE', '/faults/unheardOf')).status).toBe(400);
  await sandbox.control('DELETE', '/faults');
  expect((await sandbox.control('GET', '/faults')).body).toEqual([]);
});

test('the README has a row for each knob, with all that it takes', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [, table = ''] = /\n## Knobs\n[\s\S]*?\n(\| `[\s\S]*?)\n\n/.exec(readme) ?? [];
  const quoted = (text = '') => [...text.matchAll(/`(\w+)`/g)].map(([, word = '']) => word);
  const rows = table.split('\n').flatMap((row) => {
    const [, kinds, takes = ''] = row.split('|');
    const fields = takes.trim() === 'at once' ? ['times'] : quoted(takes).sort();
    return quoted(kinds).map((kind) => [kind, fields]);
  });
  const knobs = faultSchema.options.map(({ shape: { kind, ...fields } }) => [kind.value, Object.keys(fields).sort()]);
  expect(rows.sort()).toEqual(knobs.sort());
});
