import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { aFolder, aSandbox, type TestSandbox } from './support/sandbox.ts';
import { aStream } from './support/stream.ts';

/** One of every part: OpenAPI of both hosts, the gateway, control, page, samples, downloads, and what is not there. */
const PARTS: readonly (readonly [string, string, string?])[] = [
  ['POST', '/v1.0/oauth2/accessToken', '{"appKey":"demo-client","appSecret":"demo-secret"}'],
  ['GET', '/gettoken?appkey=demo-client&appsecret=demo-secret'],
  [
    'POST',
    '/v1.0/gateway/connections/open',
    '{"clientId":"demo-client","clientSecret":"demo-secret","subscriptions":[{"type":"EVENT","topic":"*"}]}',
  ],
  ['GET', '/sandbox/api/users'],
  ['POST', '/sandbox/api/reset', '{}'],
  ['GET', '/sandbox/api/samples/not-an-image.jpg'],
  ['GET', '/download/none'],
  ['GET', '/'],
  ['GET', '/nothing'],
];

async function asked(sandbox: TestSandbox, method: string, path: string, headers: Record<string, string>, body = '') {
  const { port } = new URL(sandbox.url);
  const type = { 'content-type': 'application/json', connection: 'close' };
  const call = request({ host: '127.0.0.1', port, path, method, headers: { ...type, ...headers } });
  call.end(body);
  const [answer] = await once(call, 'response');
  return { status: answer.statusCode as number, body: await text(answer) };
}

/** The status of a WebSocket's handshake. */
async function upgraded(sandbox: TestSandbox, path: string, headers: Record<string, string>): Promise<number> {
  const { port } = new URL(sandbox.url);
  const websocket = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' };
  const key = { 'sec-websocket-key': Buffer.alloc(16).toString('base64') };
  const call = request({ host: '127.0.0.1', port, path, headers: { ...websocket, ...key, ...headers } });
  call.end();
  return new Promise((resolve, reject) => {
    call.on('response', (answer) => resolve(answer.statusCode ?? 0));
    call.on('upgrade', (_answer, socket) => {
      socket.destroy();
      resolve(101);
    });
    call.on('error', reject);
  });
}

async function aServedSandbox(): Promise<TestSandbox> {
  const pageDir = await aFolder('page');
  await writeFile(join(pageDir, 'index.html'), '<!doctype html><title>Chat</title>');
  return aSandbox({ pageDir });
}

const FOREIGN: readonly Record<string, string>[] = [
  { host: 'evil.example' },
  { host: '127.0.0.1.evil.example' },
  { host: '127.0.0.1:1' },
  { host: 'localhost' },
  { origin: 'http://evil.example' },
  { origin: 'null' },
  { origin: 'http://127.0.0.1:1' },
  { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
  { 'x-forwarded-for': '203.0.113.9' },
  { 'x-forwarded-proto': 'https' },
  { 'x-real-ip': '203.0.113.9' },
  { forwarded: 'for=203.0.113.9' },
  { via: '1.1 tunnel' },
];

test.each(FOREIGN)('no part answers a page of another name, or what a proxy passes on: %j', async (headers) => {
  const sandbox = await aServedSandbox();
  for (const [method, path, body] of PARTS) {
    const answer = await asked(sandbox, method, path, headers, body);
    expect([path, answer.status]).toEqual([path, 403]);
    expect(JSON.parse(answer.body)).toEqual({ code: 'notLocal', error: 'notLocal', message: expect.any(String) });
  }
  for (const path of ['/connect', '/sandbox/live', '/none']) {
    expect([path, await upgraded(sandbox, path, headers)]).toEqual([path, 403]);
  }
  expect((await sandbox.control('GET', '/stats')).body).toMatchObject({ apiCalls: { free: 0 }, connections: 0 });
});

test('by either name of this machine, from its own page, or by a link, it answers', async () => {
  const sandbox = await aServedSandbox();
  const { port } = new URL(sandbox.url);
  const own = [
    {},
    { host: `localhost:${port}` },
    { host: `LOCALHOST:${port}`, origin: `http://localhost:${port}`, 'sec-fetch-site': 'same-origin' },
    { origin: sandbox.url },
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
  ];
  for (const headers of own) {
    const statuses = await Promise.all(
      PARTS.map(([method, path, body]) => asked(sandbox, method, path, headers, body)),
    );
    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200, 403, 200, 404]);
    expect(await upgraded(sandbox, '/sandbox/live', headers)).toBe(101);
    expect(await upgraded(sandbox, '/connect', headers)).toBe(401);
  }
});

test('a ticket that a page of another name learned opens no stream', async () => {
  const sandbox = await aSandbox();
  const subscriptions = [{ type: 'EVENT', topic: '*' }];
  const app = { clientId: 'demo-client', clientSecret: 'demo-secret', subscriptions };
  const { ticket } = (await sandbox.ask('POST', '/v1.0/gateway/connections/open', app)).body;
  expect(await upgraded(sandbox, `/connect?ticket=${ticket}`, { origin: 'http://evil.example' })).toBe(403);
  expect(await upgraded(sandbox, `/connect?ticket=${ticket}`, {})).toBe(101);
});

test('a handshake whose address is none ends that socket only', async () => {
  const sandbox = await aSandbox();
  const { port, host } = new URL(sandbox.url);
  const socket = connect(Number(port), '127.0.0.1');
  socket.end(`GET //[ HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
  expect(await text(socket)).toContain('404');
  expect((await sandbox.control('GET', '/users')).status).toBe(200);
});

/** `[[[…]]]`, inside a value so that it is not refused for its shape first. */
const nested = (levels: number) => `{"a":${'['.repeat(levels)}${']'.repeat(levels)}}`;

test('a body that is too long, too deep or of too many parts is a 413 that says so, on every part', async () => {
  const sandbox = await aSandbox();
  const token = await sandbox.demoToken();
  const post = async (path: string, body: string | FormData) => {
    const type: Record<string, string> = typeof body === 'string' ? { 'content-type': 'application/json' } : {};
    const headers = { 'x-acs-dingtalk-access-token': token, ...type };
    const answer = await fetch(`${sandbox.url}${path}`, { method: 'POST', body, headers });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const long = JSON.stringify({ name: 'x'.repeat(3_000_000) });
  for (const body of [long, nested(101), nested(200_000)]) {
    const said = expect.stringMatching(/larger than 2000000 bytes|deeper than 100 levels/);
    for (const path of ['/v1.0/card/instances', '/v1.0/gateway/connections/open']) {
      expect(await post(path, body)).toMatchObject({
        status: 413,
        body: { code: 'RequestEntityTooLarge', message: said },
      });
    }
    const old = await post(`/topapi/v2/user/get?access_token=${token}`, body);
    expect(old).toMatchObject({
      status: 413,
      body: { errcode: 40006, errmsg: expect.stringMatching(/larger|deeper/) },
    });
    expect(await post('/sandbox/api/users', body)).toMatchObject({ status: 413, body: { message: said } });
  }
  expect((await post('/sandbox/api/users', nested(90))).status).toBe(400);
  const brackets = JSON.stringify({ from: 'staff1', text: '[{"\\'.repeat(200) });
  expect((await post('/sandbox/api/messages', brackets)).status).toBe(200);
  const form = new FormData();
  for (let part = 0; part < 101; part++) form.append('picture', new Blob(['x']), 'a.jpg');
  form.append('from', 'staff1');
  for (const path of [`/media/upload?access_token=${token}`, '/sandbox/api/messages']) {
    expect((await post(path, form)).status).toBe(413);
  }
});

test('an upload larger than any medium is a 413, one larger than its type allows what DingTalk says', async () => {
  const sandbox = await aSandbox();
  const upload = async (megabytes: number) => {
    const form = new FormData();
    form.append('type', 'image');
    form.append('media', new Blob([new Uint8Array(megabytes * 1024 * 1024)]), 'a.jpg');
    return sandbox.ask('POST', `/media/upload?access_token=${await sandbox.demoToken()}`, form);
  };
  expect(await upload(21)).toMatchObject({ status: 200, body: { errcode: 40006 } });
  expect(await upload(33)).toMatchObject({ status: 413, body: { errcode: 40006 } });
});

test('an answer on the stream that is larger than any is the end of that connection', async () => {
  const sandbox = await aSandbox();
  const stream = await aStream(sandbox);
  stream.socket.send('x'.repeat(1_000_001));
  await stream.closed;
  expect((await sandbox.control('GET', '/users')).status).toBe(200);
});
