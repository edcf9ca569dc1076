import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { systemIds } from '@field/kit/ids';
import mongoose from 'mongoose';
import { describe, expect, it, onTestFinished } from 'vitest';
import { receiveFile } from '../../models/incoming-files.ts';
import { findItem } from '../../models/items.ts';
import { addUsage } from '../../models/monthly-usage.ts';
import { meetPerson } from '../../models/people.ts';
import { noteTemplate } from '../../models/settings.ts';
import { inTransaction } from '../../models/transaction.ts';
import { readAppConfig } from '../../src/config/config.ts';
import { entriesElsewhere, lookAtWeb } from '../../src/operator/doctor/web.ts';
import { lookAtFiles } from '../../src/operator/doctor/work.ts';
import { addAdmin, createIso } from '../../src/operator/isos.ts';
import { freePort } from '../support/world/free-port.ts';
import { useDoctor } from './doctor-harness.ts';
import { typed } from './typed.ts';

const PERMISSION = 'Forbidden.AccessDenied.AccessTokenPermissionDenied';

const doctor = useDoctor();
const { findings, found, onStore } = doctor;

/** A bot that is seen from outside, or what else answers on its port. */
async function answersOn(port: string, location: string): Promise<void> {
  const server = createServer((request, response) => {
    if (request.url === '/join') response.writeHead(302, { location }).end();
    else response.writeHead(404).end();
  }).listen(Number(port), '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
}

it('a bot that has all it needs is found well, and each finding names what was looked at', async () => {
  await answersOn(doctor.env.PORT ?? '', '/join/general');
  const iso = { email: 'lotus@iso.example', name: 'Lotus', language: 'en' } as const;
  const operator = { ids: systemIds, now: Date.now, programmeFolder: () => 'programmes/alipay-plus' };
  await onStore(async () => {
    await createIso(iso, operator);
    await addAdmin({ email: iso.email, userId: 'admin1', name: 'Anong Chai' }, operator);
  });
  const all = await findings();
  expect(all.filter(({ state }) => state !== 'ok').map(({ about, says }) => [about, says])).toEqual([
    ['bot', `no bot answers on port ${doctor.env.PORT} of this machine now`],
  ]);
  expect(new Set(all.map(({ about }) => about)).size).toBe(all.length);
  const shown = await typed('doctor', { examine: () => Promise.resolve(all) });
  expect([shown.exit, shown.err]).toEqual([0, '']);
  expect(shown.out).toContain('✓ token: DingTalk gives this app a token');
  expect(shown.out).toMatch(/Nothing is wrong\.$/);
});

it('what is wrong has its remedy, ends with 1, and is whole as JSON', async () => {
  const all = await findings();
  const shown = await typed('doctor', { examine: () => Promise.resolve(all) });
  expect(shown.exit).toBe(1);
  expect(shown.out).toMatch(/✗ publicUrl: .*\n {4}See whether the bot/);
  const json = await typed('doctor --json', { examine: () => Promise.resolve(all) });
  expect(json.exit).toBe(1);
  expect(JSON.parse(json.out)).toMatchObject({ ok: false, findings: expect.arrayContaining(all.slice(0, 1)) });
  for (const { state, remedy } of all) expect(remedy === undefined).toBe(state === 'ok' || state === 'unknown');
});

it('settings that cannot be read are all that is said', async () => {
  const all = await findings({ more: { PORT: 'x', LOG_LEVEL: 'loud' } });
  expect(all).toEqual([
    expect.objectContaining({
      about: 'settings',
      state: 'wrong',
      says: expect.stringMatching(/PORT must .*\nLOG_LEVEL must/),
    }),
  ]);
});

describe('this machine', () => {
  it('an old Node', async () => {
    expect(await found('node', { nodeVersion: 'v20.18.3' })).toMatchObject({
      state: 'wrong',
      remedy: expect.stringContaining('20.19'),
    });
  });

  it('a disk with less room than an operator wants to be told of', async () => {
    expect(await found('disk', { more: { DISK_LOW_MB: '999999999' } })).toMatchObject({ state: 'wrong' });
    expect(await found('disk')).toMatchObject({ state: 'ok' });
  });

  it('a folder that cannot be written, since a file stands in its place', async () => {
    writeFileSync(join(doctor.folder, 'file'), '', { mode: 0 });
    expect(await found('dataDir', { more: { DATA_DIR: join(doctor.folder, 'file', 'data') } })).toMatchObject({
      state: 'wrong',
    });
    expect(await found('dataDir')).toMatchObject({ state: 'ok' });
  });

  it('settings and data that others may read', async () => {
    writeFileSync(join(doctor.folder, '.env'), 'A=1');
    chmodSync(join(doctor.folder, '.env'), 0o644);
    expect(await found('envFile')).toMatchObject({
      state: 'warning',
      remedy: `Run: chmod go= ${join(doctor.folder, '.env')}`,
    });
    chmodSync(join(doctor.folder, '.env'), 0o600);
    expect(await found('envFile')).toMatchObject({ state: 'ok' });
  });

  it.each([-10, 10])('a clock that is %i minutes off', async (minutes) => {
    const clock = await found('clock', { now: () => Date.now() + minutes * 60_000 });
    expect(clock).toMatchObject({ state: 'wrong', remedy: expect.stringContaining('NTP') });
    expect(clock?.says).toMatch(minutes < 0 ? /(599|60[01]) s behind/ : /(599|60[01]) s ahead of/);
    expect(await found('clock')).toMatchObject({ state: 'ok' });
  });
});

describe('what DingTalk refuses', () => {
  it.each([
    ['a secret that was reset', 'DINGTALK_CLIENT_SECRET', 'other', /dingtalk\.credentials/, /a secret that was reset/],
    [
      'nobody there',
      'DINGTALK_API_BASE',
      'http://127.0.0.1:9',
      /dingtalk\.unreachable/,
      /DNS, firewall, proxy.*npm start/,
    ],
  ])('%s: no token, and nothing else is asked', async (_what, variable, value, says, remedy) => {
    const all = await findings({ more: { [variable]: value } });
    expect(all.find(({ about }) => about === 'token')).toMatchObject({
      state: 'wrong',
      says: expect.stringMatching(says),
      remedy: expect.stringMatching(remedy),
    });
    expect(all.filter(({ about }) => about.startsWith('permission.')).map(({ state }) => state)).toEqual(
      Array(7).fill('unknown'),
    );
  });

  it.each([
    ['template', '/v1.0/card/instances', 'param.templateUnpublished', /publish the card template/i],
    ['template', '/v1.0/card/instances', PERMISSION, /grant the app's permission/i],
    ['events', '/v1.0/gateway/connections/open', PERMISSION, /grant the app's permission/i],
    ['permission.send', '/v1.0/robot/oToMessages/batchSend', PERMISSION, /grant/i],
    ['permission.download', '/v1.0/robot/messageFiles/download', PERMISSION, /grant/i],
    ['permission.entries', '/v1.0/robot/plugins/query', PERMISSION, /grant/i],
    ['permission.upload', '/media/upload', '60011', /grant/i],
    ['permission.readMembers', '/topapi/v2/user/get', '60011', /grant/i],
    ['permission.findMembers', '/topapi/v2/user/create', '50002', /let the app manage contacts/i],
    ['permission.pages', '/topapi/v2/user/getuserinfo', '60011', /grant/i],
    ['permission.readMembers', '/topapi/v2/user/get', '50003', /switch the app on again/i],
    ['permission.readMembers', '/topapi/v2/user/get', '60020', /add the address of this server/i],
    [
      'permission.send',
      '/v1.0/robot/oToMessages/batchSend',
      'Forbidden.AccessDenied.ApiCountLimitForOrg',
      /a larger edition/i,
    ],
    ['permission.send', '/v1.0/robot/oToMessages/batchSend', 'InvalidAuthentication', /reset the secret/i],
  ])('%s at %s: %s', async (about, path, code, remedy) => {
    await doctor.sandbox.control('POST', '/faults', { kind: 'refusal', path, code });
    const refused = await found(about);
    expect(refused).toMatchObject({ state: 'wrong', remedy: expect.stringMatching(remedy) });
    // that each is found well otherwise the first test of this file says
    await doctor.sandbox.control('DELETE', '/faults');
  });

  it('the robot of another app', async () => {
    expect(await found('permission.download', { more: { DINGTALK_ROBOT_CODE: 'other' } })).toMatchObject({
      state: 'wrong',
      remedy: expect.stringContaining('DINGTALK_ROBOT_CODE'),
    });
  });

  it('asks nothing that anybody sees', async () => {
    await findings();
    const before = (await doctor.sandbox.control('GET', '/stats')).body;
    await findings();
    const after = (await doctor.sandbox.control('GET', '/stats')).body;
    expect(JSON.stringify(after)).not.toBe(JSON.stringify(before));
    const people = (await doctor.sandbox.control<{ name: string }[]>('GET', '/users')).body;
    expect(JSON.stringify(people)).not.toContain('+66-1"');
  });
});

describe('the data', () => {
  it('of another DATA_KEY', async () => {
    await onStore(() => inTransaction((tx) => meetPerson('nok', 'Nok', tx)));
    expect(await found('dataKey')).toMatchObject({ state: 'ok' });
    const other = { DATA_KEY: Buffer.alloc(32, 7).toString('base64') };
    expect(await found('dataKey', { more: other })).toMatchObject({
      state: 'wrong',
      remedy: expect.stringContaining('DATA_KEY'),
    });
  });

  it('that lacks an index', async () => {
    await onStore(async () => void (await findItem('none')));
    expect(await found('indexes')).toMatchObject({ state: 'ok' });
    await onStore(async () => void (await mongoose.connection.collection('items').dropIndex('storeId_1')));
    expect(await found('indexes')).toMatchObject({
      state: 'warning',
      says: '1 indexes are missing or others',
      remedy: expect.stringContaining('Start the bot once'),
    });
  });

  it('limits that are used up, or nearly', async () => {
    // late enough that nothing is told of the pace
    const at = Date.UTC(2026, 10, 28);
    const now = () => at;
    await onStore(() => addUsage(at, { calls: 4_100, pushes: 3_000 }));
    expect(await found('quota.calls', { now })).toMatchObject({ state: 'warning' });
    expect(await found('quota.pushes', { now })).toMatchObject({
      state: 'wrong',
      remedy: expect.stringContaining('larger edition'),
    });
    const larger = { DINGTALK_PUSHES_A_MONTH: '90000' };
    expect(await found('quota.pushes', { now, more: larger })).toMatchObject({ state: 'ok' });
  });

  it('limits that will be gone before the month is, as on the 9th: which day', async () => {
    const ninth = Date.UTC(2026, 10, 9, 2);
    await onStore(() => addUsage(Date.UTC(2026, 10, 1), { calls: 1 }));
    await onStore(() => addUsage(ninth, { calls: 2_000 }));
    expect(await found('quota.calls', { now: () => ninth })).toMatchObject({
      state: 'warning',
      says: '2001 of 5000 calls of this month are used; at this pace all are on 2026-11-21',
      remedy: expect.stringContaining('DINGTALK_CALLS_A_MONTH'),
    });
    await onStore(() => addUsage(ninth, { calls: 2_999 }));
    expect(await found('quota.calls', { now: () => ninth })).toMatchObject({
      state: 'wrong',
      says: '5000 of 5000 calls of this month are used',
    });
    expect(await found('quota.calls', { now: () => Date.UTC(2026, 11, 1, 2) })).toMatchObject({ state: 'ok' });
  });

  it('that comes no more', async () => {
    expect(await found('lastData')).toBeUndefined();
    await onStore(() => receiveFile('a'.repeat(64), 'review_20261101_1.csv', Date.now()));
    expect(await found('lastData')).toMatchObject({ state: 'ok' });
    expect(await found('lastData', { now: () => Date.now() + 50 * 3_600_000 })).toMatchObject({ state: 'wrong' });
  });

  it('of an ISO that nobody decides for', async () => {
    const iso = { email: 'lotus@iso.example', name: 'Lotus', language: 'en' } as const;
    await onStore(() =>
      createIso(iso, { ids: systemIds, now: Date.now, programmeFolder: () => 'programmes/alipay-plus' }),
    );
    expect(await found('isos')).toMatchObject({ state: 'wrong', says: 'nobody decides for lotus@iso.example' });
  });

  it('a card template that stayed behind', async () => {
    const { cardTemplateId } = readAppConfig(doctor.env).dingtalk;
    await onStore(() => noteTemplate({ id: cardTemplateId, hash: 'of another release' }));
    expect(await found('templateVersion')).toMatchObject({
      state: 'wrong',
      remedy: expect.stringContaining('Import cards/template.json'),
    });
    expect(await found('templateVersion', { more: { DINGTALK_CARD_TEMPLATE_ID: 'new.schema' } })).toMatchObject({
      state: 'ok',
    });
  });

  it('a programme that is not there, a file that waits too long, one in quarantine', async () => {
    expect(await found('programme', { more: { PROGRAMME: join(doctor.folder, 'none') } })).toMatchObject({
      state: 'wrong',
    });
    const incoming = join(doctor.folder, 'data', 'incoming');
    mkdirSync(join(incoming, 'quarantine'), { recursive: true });
    const file = join(incoming, 'review_20261101_1.csv');
    writeFileSync(file, 'x');
    expect(await found('waiting')).toMatchObject({ state: 'ok' });
    utimesSync(file, 1, 1);
    expect(await found('waiting')).toMatchObject({ state: 'wrong' });
    writeFileSync(join(incoming, 'quarantine', 'review_20261102_1.csv'), 'x');
    expect(await found('quarantine')).toMatchObject({ state: 'warning' });
  });

  it('a programme that asks for the place of photos, of an app whose pages are not signed', async () => {
    const own = join(doctor.folder, 'programme');
    cpSync('programmes/alipay-plus', own, { recursive: true });
    const file = join(own, 'programme.yaml');
    const look = async (agentId: string | undefined = undefined) => {
      const { dataDir, dingtalk } = readAppConfig(doctor.env);
      const settings = { programmeFolder: own, dataDir, demo: false, dingtalk: { ...dingtalk, agentId } };
      return (await lookAtFiles(settings, Date.now())).find((one) => one.about === 'photoPlaces');
    };
    expect(await look()).toBeUndefined();
    const asks = readFileSync(file, 'utf8').replace('photos: {', 'photos: { farAfterMetres: 300,');
    writeFileSync(file, asks);
    expect(await look()).toMatchObject({ state: 'warning', remedy: expect.stringContaining('DINGTALK_AGENT_ID') });
    expect(await look('3000000001')).toBeUndefined();
  });
});

describe('where phones reach the bot', () => {
  const real = { demo: false, port: 1, web: {} } as const;
  const about = async (settings: Parameters<typeof lookAtWeb>[0]) =>
    (await lookAtWeb(settings)).find((one) => one.about === 'publicUrl');

  it('without PUBLIC_URL there is no QR code: that is wrong, not a hint', async () => {
    expect(await about(real)).toMatchObject({ state: 'wrong', says: expect.stringContaining('no ISO QR code') });
  });

  it.each([
    ['http://field.example.com', /no https/],
    ['https://10.1.2.3', /an address of this network only/],
    ['https://127.0.0.1:9', /an address of this network only/],
  ])('%s', async (publicUrl, says) => {
    expect(await about({ ...real, publicUrl })).toMatchObject({ state: 'wrong', says: expect.stringMatching(says) });
  });

  it('what else answers there is not taken for the bot', async () => {
    const port = String(await freePort());
    expect(await about({ demo: true, port: Number(port), web: {} })).toMatchObject({
      state: 'wrong',
      says: expect.stringContaining('ECONNREFUSED'),
    });
    await answersOn(port, '/login');
    expect(await about({ demo: true, port: Number(port), web: {} })).toMatchObject({
      state: 'wrong',
      says: expect.stringContaining('302'),
    });
  });
});

it('entries that lead elsewhere tell of another installation with the same app', () => {
  const ours = ['https://field.example/go/tasks?corpId=x'];
  expect(entriesElsewhere(ours, 'https://field.example')).toBeUndefined();
  expect(entriesElsewhere(ours, 'https://other.example')).toMatchObject({
    state: 'warning',
    says: expect.stringContaining('https://field.example'),
    remedy: expect.stringContaining('another installation with the same app'),
  });
});
