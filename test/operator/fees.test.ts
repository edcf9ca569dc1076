import { beforeEach, describe, expect, it } from 'vitest';
import { forgetEverything } from '../../models/database.ts';
import { countFeeMoves } from '../../models/fee-months.ts';
import { findIsoByEmail } from '../../models/isos.ts';
import { inTransaction } from '../../models/transaction.ts';
import { servers } from '../../packages/embedded-store/test/stores.ts';
import { useModels } from '../models/store.ts';
import { typed } from './typed.ts';

describe.each(servers())('what a month brought an ISO, on the $name server', ({ uri }) => {
  useModels(uri);
  beforeEach(forgetEverything);

  const MANGO = 'mango@iso.example';
  const JUNE = { now: () => Date.UTC(2026, 4, 31, 18) };
  const baht = (minor: number) => ({ currency: 'THB', minor });

  async function settle(): Promise<void> {
    await typed(`iso create --email ${MANGO} --name Mango --time-zone Asia/Bangkok`);
    const { isoId = '' } = (await findIsoByEmail(MANGO)) ?? {};
    const of = { isoId, fee: 'DEPLOYMENT', by: 1 } as const;
    const moves = [
      { ...of, move: { month: '202605', step: 'CONFIRMED', gives: baht(12_050) } },
      { ...of, move: { month: '202605', step: 'CONFIRMED', gives: { currency: 'JPY', minor: 1_200 } } },
      { ...of, move: { month: '202605', step: 'TAKEN_BACK', takes: baht(5) } },
    ] as const;
    await inTransaction((tx) => countFeeMoves(moves, tx));
  }

  it('an operator reads what a month brought an ISO, to the minor unit', async () => {
    await settle();
    expect((await typed(`fees show ${MANGO} 2026-05`)).out.trim()).toBe(
      [
        'Mango, 2026-05',
        '  DEPLOYMENT  CONFIRMED  2  1200 JPY  120.50 THB',
        '  DEPLOYMENT  TAKEN_BACK  1  -0.05 THB',
      ].join('\n'),
    );
    expect((await typed(`fees show ${MANGO} 2026-04`)).out).toContain('nothing was settled');
    expect((await typed(`fees show ${MANGO} 2026-13`)).err).toContain('Write it as 2026-05');
  });

  it('an operator closes a month once it is over where the ISO is, for good', async () => {
    await settle();
    const early = await typed(`fees close ${MANGO} 2026-05`, { now: () => Date.UTC(2026, 4, 31, 16) });
    expect([early.exit, early.err]).toEqual([2, expect.stringContaining('2026-05 is not over for Mango')]);
    expect((await typed(`fees close ${MANGO} 2026-05`, JUNE)).out).toContain('are closed for Mango');
    expect((await typed(`fees close ${MANGO} 2026-05`, JUNE)).out).toContain('was closed before');
    expect((await typed(`fees show ${MANGO} 2026-05`)).out).toContain('2026-05, closed');
  });
});
