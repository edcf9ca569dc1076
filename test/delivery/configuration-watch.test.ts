import { AppError, type ErrorCode } from '@field/kit/errors';
import { expect, it } from 'vitest';
import { watchConfiguration } from '../../src/delivery/configuration-watch.ts';
import { RecordingPlatform } from '../support/in-process/recording-platform.ts';
import { logLines } from '../support/log-lines.ts';
import { StillClock } from '../support/still-clock.ts';

const MINUTE_MS = 60_000;

function aWatch() {
  const clock = new StillClock();
  const dingTalk = new RecordingPlatform(() => undefined);
  const lines = logLines();
  const watch = watchConfiguration(dingTalk, { clock, log: lines.log, random: () => 1 });
  const asks = (): Promise<unknown> => watch.platform.contactOf('nok').catch((error: unknown) => error);
  return { clock, dingTalk, watch, asks, lines };
}

it.each([
  'dingtalk.permission',
  'dingtalk.template',
  'dingtalk.robotCode',
  'contact.notPermitted',
] as const satisfies ErrorCode[])('%s is asked about once in a while, and said with what to do', async (code) => {
  const { clock, dingTalk, watch, asks, lines } = aWatch();
  dingTalk.refuse('contactOf', new AppError(code));
  expect(await asks()).toMatchObject({ code, kind: 'configuration', details: { retryAfterMs: MINUTE_MS } });
  expect(await asks()).toMatchObject({ code, details: { retryAfterMs: MINUTE_MS } });
  expect(dingTalk.calls).toEqual(['contactOf']);
  expect(watch.faults()).toEqual([expect.stringMatching(new RegExp(`^contactOf: ${code}, [a-z].{20}`))]);
  clock.moveTo(clock.now() + MINUTE_MS);
  expect(await Promise.all([asks(), asks(), asks()])).toMatchObject([{ code }, { code }, { code }]);
  expect(dingTalk.calls).toHaveLength(2);
  clock.moveTo(clock.now() + 1.5 * MINUTE_MS);
  expect(await asks()).toMatchObject({ details: { retryAfterMs: MINUTE_MS / 2 } });
  expect(dingTalk.calls).toHaveLength(2);
  expect(lines.of('configuration.wrong')).toHaveLength(2);
  dingTalk.allow('contactOf');
  clock.moveTo(clock.now() + 2 * MINUTE_MS);
  expect(await asks()).toBeUndefined();
  expect(watch.faults()).toEqual([]);
  expect(lines.of('configuration.mended')).toMatchObject([{ call: 'contactOf' }]);
});

it('never waits longer than half an hour, and holds no other call', async () => {
  const { clock, dingTalk, watch, asks } = aWatch();
  dingTalk.refuse('contactOf', new AppError('dingtalk.permission'));
  for (let probe = 0; probe < 10; probe += 1) {
    await asks();
    clock.moveTo(clock.now() + 30 * MINUTE_MS);
  }
  expect(dingTalk.calls).toHaveLength(10);
  expect(await watch.platform.invite({ name: 'Dao', mobile: '+66-812345011' })).toEqual({ kind: 'asked' });
});

it('lets every other failure by as it is', async () => {
  const { dingTalk, watch, asks } = aWatch();
  dingTalk.refuse('contactOf', new AppError('dingtalk.busy'));
  expect(await asks()).toMatchObject({ code: 'dingtalk.busy', details: {} });
  expect(watch.faults()).toEqual([]);
  await asks();
  expect(dingTalk.calls).toHaveLength(2);
});
