import { AppError } from '@field/kit/errors';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { forgetEverything } from '../../../models/database.ts';
import { startWeb } from '../../../src/web/server.ts';
import { watchOtherInstallation } from '../../../src/wiring/other-installation.ts';
import { tallyStream } from '../../../src/wiring/tallied.ts';
import { connectedPeer, gate } from '../../dingtalk/stream-peer.ts';
import { useModels } from '../../models/store.ts';
import { firing } from '../../support/alerts/evaluate.ts';
import { firesAndClears, type Rest, type Watched, watched } from '../../support/alerts/watched-parts.ts';
import { CARD_TOPIC, callbackFrame, cardCallback, ROBOT_TOPIC, textMessage } from '../../support/frames.ts';

useModels(undefined);
afterEach(forgetEverything);

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

describe('the connection', () => {
  async function peer(parts: Watched, handlers: Parameters<typeof connectedPeer>[0] = {}) {
    const { clock, tally } = parts;
    return await connectedPeer(handlers, { clock, ...tallyStream(tally), wait: async () => undefined });
  }
  const tap = (id: string) => callbackFrame(CARD_TOPIC, cardCallback({ action: 'menu.open' }), id);
  const hi = (id: string) => callbackFrame(ROBOT_TOPIC, textMessage('hi'), id);
  const numbered = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => `m${from + index}`);

  it('StreamQuiet: nothing is pushed for a day', async () => {
    let stream: Rest['stream'];
    const parts = watched({
      stream: { state: () => ({ live: 1, wanted: 1, opened: 1 }), quietForMs: () => stream?.quietForMs() ?? 0 },
    });
    const connected = await peer(parts);
    stream = connected.stream;
    await firesAndClears('StreamQuiet', parts, {
      turn: () => parts.clock.pass(DAY_MS + 1_000),
      async clear() {
        connected.gateway.push(hi('m1'));
        await connected.gateway.ackOf('m1');
      },
    });
  });

  it('StreamUnsteady: one connection after another ends', async () => {
    const parts = watched();
    const { gateway } = await peer(parts);
    await firesAndClears('StreamUnsteady', parts, {
      async turn() {
        for (let ended = 1; ended <= 12; ended += 1) {
          gateway.socket.terminate();
          await gateway.until(() => gateway.sockets.length > ended);
          await expect.poll(() => parts.metrics.metrics()).toContain(`opened_total ${ended + 1}\n`);
        }
      },
      clear: () => undefined,
    });
  });

  it('ClockWrong: DingTalk’s clock is another one', async () => {
    const parts = watched();
    const { dingTalkTime, clock } = parts.services;
    const hear = (aheadMs: number): void => {
      for (let frame = 0; frame < 30; frame += 1) dingTalkTime.heard(clock.now() + aheadMs);
    };
    await firesAndClears('ClockWrong', parts, { turn: () => hear(-30_000), clear: () => hear(0) });
  });

  it('AcksLost: answers find their connection gone', async () => {
    const parts = watched();
    const held = gate();
    const { gateway, messages, stream } = await peer(parts, { message: () => held.opened });
    await firesAndClears('AcksLost', parts, {
      async turn() {
        for (const id of numbered(0, 21)) gateway.push(hi(id));
        await gateway.until(() => messages.length === 21);
        gateway.socket.terminate();
        await gateway.until(() => gateway.sockets.length > 1 && stream.state().live > 0);
        held.open();
        await expect.poll(() => parts.metrics.metrics()).toContain('acks_total{outcome="lost"} 21\n');
      },
      clear: () => undefined,
    });
  });

  it('PushesRefused: a message cannot be recorded', async () => {
    const parts = watched();
    const { gateway } = await peer(parts, { message: () => Promise.reject(new AppError('store.cannotSave')) });
    await firesAndClears('PushesRefused', parts, {
      async turn() {
        gateway.push(hi('m1'));
        await expect.poll(() => parts.metrics.metrics()).toContain('acks_total{outcome="refused"} 1\n');
      },
      clear: () => undefined,
    });
  });

  async function tapThrough(parts: Watched, connected: Awaited<ReturnType<typeof peer>>, ids: readonly string[]) {
    for (const id of ids) {
      connected.gateway.push(tap(id));
      await connected.gateway.ackOf(id);
    }
    const counted = async () => /tap_answer_seconds_count (\d+)/.exec(await parts.metrics.metrics())?.[1];
    await expect.poll(async () => Number(await counted())).toBeGreaterThanOrEqual(ids.length);
  }

  it('TapsLate: taps are answered after two seconds', async () => {
    const parts = watched();
    const connected = await peer(parts, {
      async tap() {
        parts.clock.pass(2_100);
        return {};
      },
    });
    await firesAndClears('TapsLate', parts, {
      turn: () => tapThrough(parts, connected, numbered(0, 6)),
      clear: () => undefined,
    });
  });

  it('TapsSlow: taps take long, and are in time still', async () => {
    // of how long ago a tap counts is decided by the date
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const parts = watched();
    const connected = await peer(parts, {
      async tap() {
        parts.clock.pass(1_300);
        return {};
      },
    });
    await firesAndClears('TapsSlow', parts, {
      turn: () => tapThrough(parts, connected, numbered(0, 3)),
      clear: () => vi.setSystemTime(Date.now() + 11 * MINUTE_MS),
    });
  });

  it('OtherInstallation: cards are tapped that were never made here', async () => {
    const parts = watched();
    const other = watchOtherInstallation(parts.clock, parts.tally, async () => true);
    expect(other.health()).toMatchObject({ ok: true });
    await firesAndClears('OtherInstallation', parts, {
      turn() {
        for (let tap = 0; tap < 4; tap += 1) other.cardTapped();
        expect(other.health()).toMatchObject({ ok: false, detail: expect.stringContaining('same app') });
      },
      clear: () => undefined,
    });
    expect(other.health()).toMatchObject({ ok: true });
  });

  it('four people who work nowhere here and send photos within an hour are such a sign, too; one, or our own, are none', async () => {
    const parts = watched();
    const other = watchOtherInstallation(parts.clock, parts.tally, async (userId) => userId.startsWith('own'));
    const send = async (...people: readonly string[]): Promise<void> => {
      for (const userId of people) await other.photosFrom(userId);
    };
    await send('own1', 'own2', 'own3', 'own4', 'own5', 'a', 'a', 'a', 'a', 'b', 'c');
    expect(other.health()).toMatchObject({ ok: true });
    await firesAndClears('OtherInstallation', parts, {
      async turn() {
        await send('d', 'e', 'f', 'g');
        expect(other.health()).toMatchObject({ ok: false, detail: expect.stringContaining('same app') });
      },
      clear: () => undefined,
    });
  });

  it('LanesWait: people are told that they wait', async () => {
    const parts = watched();
    const told = (): void => parts.tally.count('lane_waits_total');
    await firesAndClears('LanesWait', parts, { turn: () => numbered(0, 11).forEach(told), clear: () => undefined });
  });

  it('BotDown: nobody answers', async () => {
    const { metrics } = watched();
    const open = () => startWeb({ port: 0, host: '127.0.0.1', health: {}, metrics, onError: () => undefined });
    const ask = async (port: number): Promise<string | undefined> =>
      await fetch(`http://127.0.0.1:${port}/metrics`).then(
        (answer) => answer.text(),
        () => undefined,
      );
    const web = await open();
    const up = { at: 0, text: await ask(web.port) };
    await web.close();
    const down = { at: 1, text: await ask(web.port) };
    expect(firing([up, down])).not.toContain('BotDown');
    expect(firing([up, down, { ...down, at: 2 }])).toEqual(['BotDown']);
    const again = await open();
    onTestFinished(() => again.close());
    expect(firing([up, down, { ...down, at: 2 }, { at: 3, text: await ask(again.port) }])).toEqual([]);
  });

  it('StreamDown: no connection is open', async () => {
    let stream: Rest['stream'];
    const parts = watched({
      stream: { state: () => stream?.state() ?? { live: 0, wanted: 1, opened: 0 }, quietForMs: () => 0 },
    });
    const { gateway, stream: opened } = await connectedPeer({}, { timing: { firstMs: 1, ceilingMs: 1 } });
    stream = opened;
    await firesAndClears('StreamDown', parts, {
      async turn() {
        gateway.refuseHandshake = 503;
        gateway.socket.terminate();
        await expect.poll(() => opened.state().live).toBe(0);
      },
      async clear() {
        gateway.refuseHandshake = undefined;
        await expect.poll(() => opened.state().live).toBe(1);
      },
    });
  });
});
