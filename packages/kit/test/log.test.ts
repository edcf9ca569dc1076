import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { expect, it } from 'vitest';
import { logLines } from '../../../test/support/log-lines.ts';
import { AppError } from '../src/errors.ts';

it('writes one JSON line with the event and its fields', () => {
  const { log, lines } = logLines();
  log.child({ trace: 'm-1' }).info({ connections: 2, userId: 'staff1' }, 'stream.opened');
  expect(lines()).toEqual([
    { level: 'info', time: expect.any(Number), trace: 'm-1', connections: 2, userId: 'staff1', event: 'stream.opened' },
  ]);
});

it('hides personal data and secrets by their key, at any depth and however spelled', () => {
  const { log, text, lines } = logLines();
  const secrets = {
    phone: 'leak-1',
    contactPhone: 'leak-2',
    senderNick: 'leak-3',
    name: 'leak-4',
    'store_contact-name': 'leak-5',
    accessToken: 'leak-6',
    accesstoken: 'leak-7',
    clientSecret: 'leak-8',
    headers: { 'x-acs-dingtalk-access-token': 'leak-9' },
    params: { note: 'leak-10' },
    inner: [{ deeper: { registration: 1, mobile: 'leak-11', text: 'leak-12' } }],
    photoUrl: 'leak-13',
    downloadCode: 'leak-14',
    DATA_KEY: 'leak-15',
    bytes: Buffer.from('leak-16'),
  };
  log.info(secrets, 'something.happened');
  log.child({ sessionWebhook: 'leak-17', ticket: 'leak-18' }).warn(secrets, 'again');
  expect(text()).not.toContain('leak');
  expect(lines()[0]?.inner).toEqual([{ deeper: { registration: 1, mobile: '[hidden]', text: '[hidden]' } }]);
});

it('keeps what is wrong of an error, and nothing of what it quotes', () => {
  const { log, text, of } = logLines();
  const cause = Object.assign(new Error('POST https://u:leak@api.dingtalk.com/x?access_token=leak failed'), {
    config: { data: 'leak' },
    response: { body: 'leak' },
    code: 'ECONNRESET',
  });
  log.error({ err: new AppError('dingtalk.busy', { status: 503 }, { cause }) }, 'call.failed');
  log.error(new SyntaxError(`Unexpected token '<', "<html>leak"... is not valid JSON`), 'page');
  log.error(new Error('E11000 duplicate key { phone: "leak" } for +66 81 234 5678'));
  expect(text()).not.toMatch(/leak|81 234/);
  expect(of('call.failed')[0]?.err).toMatchObject({
    type: 'AppError',
    code: 'dingtalk.busy',
    kind: 'retryable',
    details: { status: 503 },
    stack: expect.stringContaining('log.test'),
    cause: { code: 'ECONNRESET' },
  });
  expect(of('error')).toHaveLength(1);
});

it('survives what refers to itself', () => {
  const { log, lines } = logLines();
  const loop: Record<string, unknown> = { a: 1 };
  loop.self = loop;
  log.info({ loop }, 'odd');
  expect(lines()[0]?.event).toBe('odd');
});

const FULL_DISK = '/dev/full';

it.skipIf(!existsSync(FULL_DISK))('goes on, and ends, where what it writes to is full', () => {
  const full = openSync(FULL_DISK, 'w');
  const work = `
    import { createLog } from '@field/kit/log';
    const log = createLog({ level: 'info' });
    for (let line = 0; line < 500; line += 1) log.info({ line, pad: 'x'.repeat(200) }, 'something.happened');
    await new Promise((resolve) => setImmediate(resolve));
    log.info('it.wentOn');
    console.error('went on');
  `;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', work], {
    stdio: ['ignore', full, 'pipe'],
    encoding: 'utf8',
    timeout: 250_000,
  });
  closeSync(full);
  expect([status, stderr]).toEqual([0, 'went on\n']);
});
