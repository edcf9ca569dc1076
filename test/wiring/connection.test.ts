import { expect, it } from 'vitest';
import { newMetrics } from '../../src/web/metrics.ts';
import { connectionFigures } from '../../src/wiring/connection.ts';
import { connectedPeer } from '../dingtalk/stream-peer.ts';
import { callbackFrame, ROBOT_TOPIC, textMessage } from '../support/frames.ts';

it('the metrics tell how many connections live, how long nothing was pushed, and how wrong the clock is', async () => {
  const { gateway, stream } = await connectedPeer();
  const metrics = newMetrics(connectionFigures(stream, { aheadMs: () => -30_000 }));
  const figures = async () => {
    const text = await metrics.metrics();
    return [...text.matchAll(/^(dingtalk_\w+) (\S+)$/gm)].map(([, name, value]) => [name, Number(value)]);
  };
  await expect.poll(() => stream.quietForMs()).toBeGreaterThan(50);
  const before = new Map((await figures()) as [string, number][]);
  expect(before.get('dingtalk_connections_live')).toBe(1);
  expect(before.get('dingtalk_clock_ahead_seconds')).toBe(-30);
  expect(before.get('dingtalk_last_frame_age_seconds')).toBeGreaterThan(0.05);
  gateway.push(callbackFrame(ROBOT_TOPIC, textMessage('hi'), 'm1'));
  await gateway.ackOf('m1');
  expect(stream.quietForMs()).toBeLessThan(1_000 * (before.get('dingtalk_last_frame_age_seconds') ?? 0) + 50);
  await stream.close();
  expect(new Map((await figures()) as [string, number][]).get('dingtalk_connections_live')).toBe(0);
});
