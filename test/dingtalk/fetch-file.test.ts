import { describe, expect, it, onTestFinished } from 'vitest';
import { allowedAddress, fetchFile } from '../../src/dingtalk/fetch-file.ts';
import { type Answer, RawGateway } from '../support/raw-gateway.ts';
import { failure } from './open-api-peer.ts';

const BASES = ['https://api.dingtalk.com', 'http://127.0.0.1:3000'];
const LIMITS = { maxBytes: 1_000, timeoutMs: 5_000 };

async function served(answers: Record<string, Answer>) {
  const gateway = await new RawGateway().listen();
  onTestFinished(() => gateway.close());
  for (const [path, answer] of Object.entries(answers)) gateway.answers.set(path, () => answer);
  const get = (path: string, limits = LIMITS) => fetchFile(`${gateway.base}${path}`, limits, [gateway.base]);
  return { gateway, get };
}

describe('the addresses it fetches', () => {
  it.each([
    'https://down-cdn.dingtalk.com/ddmedia/a.jpg?Expires=1',
    'https://wukong-file.oss-cn-zhangjiakou.aliyuncs.com/a?Signature=x%2B',
    'http://127.0.0.1:3000/download/x',
  ])('%s', (url) => {
    expect(allowedAddress(url, BASES)?.href).toBe(url);
  });

  it('makes a DingTalk address in the clear a safe one', () => {
    const url = 'http://zjk.oss-cn-zhangjiakou.aliyuncs.com/a?Signature=x%2B';
    expect(allowedAddress(url, BASES)?.href).toBe(url.replace('http:', 'https:'));
  });

  it.each([
    'https://evil.example/a',
    'https://dingtalk.com.evil.example/a',
    'https://evildingtalk.com/a',
    'https://static.dingtalk.com./a',
    'https://static.dingtalk.com:8443/a',
    'https://user:pass@static.dingtalk.com/a',
    'https://evil.example#.dingtalk.com',
    'https://evil.example\\.dingtalk.com/',
    'http://127.0.0.1:3001/control/reset',
    'http://localhost:3000/download/x',
    'http://169.254.169.254/latest/meta-data',
    'http://100.100.100.200/latest/meta-data',
    'https://bucket.oss-cn-hangzhou-internal.aliyuncs.com/a',
    'file:///etc/passwd',
    'ftp://static.dingtalk.com/a',
    'data:text/plain,x',
    'static.dingtalk.com/a',
    '',
  ])('and never %s', async (url) => {
    expect(allowedAddress(url, BASES)).toBeUndefined();
    expect(await failure(fetchFile(url, LIMITS, BASES))).toMatchObject({
      code: 'dingtalk.refused',
      details: { reason: 'foreignHost' },
    });
  });
});

it('fetches every byte as it is', async () => {
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, n) => n));
  const { get } = await served({ '/a': { body: bytes } });
  expect((await get('/a')).equals(bytes)).toBe(true);
});

it('follows a redirect, and checks where it leads', async () => {
  const { get } = await served({
    '/moved': { status: 302, headers: { location: '/a' } },
    '/a': { body: 'here' },
    '/away': { status: 302, headers: { location: 'http://169.254.169.254/latest' } },
    '/scheme': { status: 302, headers: { location: 'file:///etc/passwd' } },
    '/broken': { status: 302, headers: { location: 'http://[' } },
    '/loop': { status: 302, headers: { location: '/loop' } },
    '/nowhere': { status: 302 },
  });
  expect(String(await get('/moved'))).toBe('here');
  for (const path of ['/away', '/scheme', '/broken']) {
    expect((await failure(get(path))).details).toEqual({ reason: 'foreignHost' });
  }
  expect((await failure(get('/loop'))).details).toEqual({ reason: 'tooManyHops' });
  expect((await failure(get('/nowhere'))).code).toBe('picture.expired');
});

it('stops at the limit, whether the size is told before or not', async () => {
  const { get, gateway } = await served({
    '/fits': { body: 'x'.repeat(1_000) },
    '/told': { headers: { 'content-length': '1001' }, body: 'x'.repeat(1_001) },
    '/untold': { headers: { 'transfer-encoding': 'chunked' }, body: 'x'.repeat(100_000) },
  });
  expect(await get('/fits')).toHaveLength(1_000);
  for (const path of ['/told', '/untold']) {
    expect(await failure(get(path))).toMatchObject({ code: 'picture.tooBig', details: { maxBytes: 1_000 } });
  }
  expect(gateway.asked).toHaveLength(3);
});

it.each([
  [403, 'picture.expired'],
  [404, 'picture.expired'],
  [410, 'picture.expired'],
  [429, 'file.unreachable'],
  [500, 'file.unreachable'],
  [503, 'file.unreachable'],
])('status %i is %s', async (status, code) => {
  const { get } = await served({ '/a': { status, body: 'leak' } });
  const error = await failure(get('/a'));
  expect(error).toMatchObject({ code, details: { status } });
});

it('gives up on a file that does not come, or comes broken, and tells no address', async () => {
  const { get } = await served({
    '/hang': { hang: true },
    '/short': { headers: { 'content-length': '500', connection: 'close' }, body: '' },
  });
  expect(await failure(get('/hang?sign=leak', { ...LIMITS, timeoutMs: 50 }))).toMatchObject({
    code: 'file.unreachable',
    details: { reason: 'timeout' },
  });
  const gone = await failure(fetchFile('http://127.0.0.1:1/a?sign=leak', LIMITS, ['http://127.0.0.1:1']));
  expect(gone).toEqual({ code: 'file.unreachable', kind: 'retryable', details: { reason: 'network' } });
});
