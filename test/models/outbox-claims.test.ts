import { beforeEach, describe, expect, it } from 'vitest';
import { forgetEverything } from '../../models/database.ts';
import { freeSends, shortenSends } from '../../models/held-sends.ts';
import { addToOutbox, type CardSend, claimSend, dropSend, SEND_LEASE_MS } from '../../models/outbox.ts';
import { waitsForFolded } from '../../models/outbox-order.ts';
import { inTransaction } from '../../models/transaction.ts';
import { servers } from '../../packages/embedded-store/test/stores.ts';
import { useModels } from './store.ts';

const NOW = Date.UTC(2026, 10, 24, 3);
const AT = { now: NOW, machine: 1 };

describe.each(servers())('a card that was overtaken while a worker had it, on the $name store', ({ uri }) => {
  useModels(uri);
  beforeEach(forgetEverything);

  const wants = (intent: string, folded?: string) =>
    inTransaction((tx) => {
      const folds =
        folded === undefined ? undefined : { outTrackId: folded, line: { key: 'folded.continued' as const } };
      const send = { intent, outTrackId: intent, priority: 'answer', dueAt: NOW, callClass: 'own' } as const;
      return addToOutbox({ ...send, folds }, tx);
    });
  async function claims(token: string): Promise<CardSend> {
    const claim = await claimSend(token, AT.now, AT.machine);
    if (claim === undefined || 'job' in claim) throw new Error('no card is due');
    return claim;
  }

  it('holds up the one that overtook it no longer than the worker is at it', async () => {
    await wants('first');
    const first = await claims('one');
    await wants('second', 'first');
    const second = await claims('two');
    expect(await waitsForFolded(second, AT)).toBe(true);
    await dropSend(first, 'overtaken');
    expect(await waitsForFolded(await claimedLater(), AT)).toBe(false);
  });

  it('nor where the worker waited for an earlier one itself', async () => {
    await wants('first');
    const first = await claims('one');
    await wants('second', 'first');
    const second = await claims('two');
    await wants('third', 'second');
    const third = await claims('three');
    expect(await waitsForFolded(third, AT)).toBe(true);
    expect(await waitsForFolded(second, AT)).toBe(true);
    // the first is on its way, and stands above the third
    expect(await waitsForFolded(await claimedLater(), AT)).toBe(true);
    await dropSend(first, 'overtaken');
    expect(await waitsForFolded(await claimedLater(), AT)).toBe(false);
  });

  it('nor where the process died that was at it', async () => {
    await wants('first');
    await claims('dead.1');
    await wants('second', 'first');
    expect(await waitsForFolded(await claims('two'), AT)).toBe(true);
    await freeSends('dead');
    expect(await waitsForFolded(await claimedLater(), AT)).toBe(false);
  });

  it('nor, where that was by a clock that was ahead, for longer than from now on', async () => {
    await wants('first');
    await claimSend('one', AT.now, AT.machine + 600_000);
    await wants('second', 'first');
    const atLast = { ...AT, machine: AT.machine + SEND_LEASE_MS };
    const second = await claims('two');
    await shortenSends(AT.machine);
    expect(await waitsForFolded(second, atLast)).toBe(false);
  });

  /** The one that gave its claim back, a moment later. */
  async function claimedLater(): Promise<CardSend> {
    const claim = await claimSend('again', NOW + 1_000, AT.machine);
    if (claim === undefined || 'job' in claim) throw new Error('no card is due');
    return claim;
  }
});
