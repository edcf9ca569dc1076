import { expect, test } from 'vitest';
import { aBotControl } from './support/bot-control.ts';
import { aSandbox } from './support/sandbox.ts';
import { aStream } from './support/stream.ts';

test('idle asks the bot, twice in a row, and says what is left', async () => {
  const { bot, controlUrl } = await aBotControl();
  const sandbox = await aSandbox({ bot: { controlUrl } });
  await aStream(sandbox);
  expect((await sandbox.control('POST', '/idle')).body).toEqual({ idle: true, waiting: 0 });
  expect(bot.looks.slice(-2)).toEqual([expect.not.stringContaining('since'), expect.stringContaining('since=7')]);
  bot.idle = false;
  bot.left = ['1 picture'];
  const busy = await sandbox.control('POST', '/idle', { timeoutMs: 100 });
  expect(busy).toMatchObject({ status: 408, body: { error: 'notIdle', left: ['1 picture'] } });
});

test('the clock that waits for a bot in vain says what is left', async () => {
  const { bot, controlUrl } = await aBotControl();
  const sandbox = await aSandbox({ bot: { controlUrl } });
  await aStream(sandbox);
  bot.idle = false;
  bot.left = ['1 picture'];
  const busy = await sandbox.control('POST', '/clock', { advanceMs: 1000, timeoutMs: 100 });
  expect(busy).toMatchObject({ status: 408, body: { error: 'notAtRest', message: 'still under way: 1 picture' } });
  expect((await sandbox.control('POST', '/clock', { advanceMs: 1000, timeoutMs: -1 })).status).toBe(400);
});

test('a bot that is there but not connected is not at rest', async () => {
  const { controlUrl } = await aBotControl();
  const sandbox = await aSandbox({ bot: { controlUrl } });
  const answer = await sandbox.control('POST', '/idle', { timeoutMs: 50 });
  expect(answer).toMatchObject({ status: 408, body: { left: ['the bot is not connected'] } });
});

test('where no bot listens, the sandbox speaks for itself alone', async () => {
  const sandbox = await aSandbox({ bot: { controlUrl: 'http://127.0.0.1:9' } });
  expect((await sandbox.control('POST', '/idle')).body).toMatchObject({ idle: true });
  expect((await sandbox.control('POST', '/clock', { advanceMs: 1000 })).status).toBe(200);
  expect((await sandbox.control('POST', '/reset')).body).toEqual({ reset: true });
});

test('the clock walks through what is due, the bot first at each step', async () => {
  const { asked, bot, controlUrl } = await aBotControl();
  const sandbox = await aSandbox({ bot: { controlUrl } });
  const order: string[] = [];
  await sandbox.control('POST', '/messages', { from: 'staff1', text: 'waits a minute' });
  await aStream(sandbox, () => {
    order.push('pushed');
    return { data: { response: null } };
  });
  const start = sandbox.clock.now();
  bot.onClock = async (now) => {
    order.push(now - start < 120_000 ? 'bot at the minute' : 'bot at the end');
  };
  const target = Math.ceil(start) + 3_600_000;
  expect((await sandbox.control('POST', '/clock', { now: target })).body.now).toBeGreaterThanOrEqual(target);
  expect(order).toEqual(['bot at the minute', 'pushed', 'bot at the end']);
  expect(asked.at(-1)).toEqual({ path: '/control/clock', body: { now: target } });
  expect((await sandbox.control('POST', '/clock', { now: start })).status).toBe(409);
  expect((await sandbox.control('POST', '/clock', { advanceMs: -5 })).status).toBe(400);
  expect((await sandbox.control('POST', '/clock', {})).status).toBe(400);
});

test('a reset empties the bot, then everything here, and fills it as at first', async () => {
  const { asked, controlUrl } = await aBotControl();
  const sandbox = await aSandbox({ bot: { controlUrl } });
  await sandbox.control('POST', '/messages', { from: 'staff1', text: 'hi' });
  await sandbox.control('POST', '/users', { userId: 'p1', name: 'Somsak', mobile: '+66-800000001' });
  await sandbox.control('POST', '/users/outsider1/join');
  await sandbox.control('POST', '/faults', { kind: 'qps' });
  expect((await sandbox.control('POST', '/reset')).status).toBe(200);
  expect(asked).toEqual([{ path: '/control/reset', body: {} }]);
  const users = (await sandbox.control<{ userId: string; joined: boolean }[]>('GET', '/users')).body;
  expect(users.map(({ userId, joined }) => `${userId} ${joined}`)).toEqual([
    'admin1 true',
    'staff1 true',
    'staff2 true',
    'outsider1 false',
  ]);
  expect((await sandbox.control('GET', '/conversations/staff1')).body).toEqual([]);
  expect((await sandbox.control('GET', '/faults')).body).toEqual([]);
  expect((await sandbox.control('GET', '/stats')).body).toMatchObject({ pushes: { messages: 0 } });
  const stream = await aStream(sandbox);
  await sandbox.control('POST', '/clock', { advanceMs: 3_600_000 });
  expect(stream.frames).toHaveLength(0);
  await sandbox.control('POST', '/messages', { from: 'staff1', text: 'again' });
  const [entry] = (await sandbox.control<{ seq: number }[]>('GET', '/conversations/staff1')).body;
  expect(entry?.seq).toBe(2);
});
