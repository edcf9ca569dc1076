import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { asAppError } from '@field/kit/errors';
import { systemIds } from '@field/kit/ids';
import { EVERYTHING } from '../../cards/hand-over.ts';
import { routes } from '../../handlers/routes.ts';
import { connect, disconnect } from '../../models/database.ts';
import { findPerson } from '../../models/people.ts';
import { useProgrammes } from '../../models/programme-in-use.ts';
import { useDataKey } from '../../models/sealing.ts';
import { transactionSessions } from '../../models/sessions.ts';
import { inTransaction } from '../../models/transaction.ts';
import { newContext } from '../../src/bot/context.ts';
import { commitEffects } from '../../src/bot/effects.ts';
import type { TapUpdate } from '../../src/platform/update.ts';
import { SHIPPED_PROGRAMMES } from './shipped-programme.ts';

// A process in which `by` gives all that `of` has open to `to`, told to begin on stdin. At `point` it says `holds` with the sessions it works in and stands still for
// ever, to be killed there: after so many audited steps, `effects` before what follows is written, `commit` before all is committed,
// `after` it. At no such point it says what it gave, and ends.
const [uri = '', by = '', of = '', to = '', point = '', at = '0'] = process.argv.slice(2);

function standStillAt(here: string): void {
  if (here !== point) return;
  writeSync(1, `holds ${transactionSessions().join()}\n`);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

async function give(): Promise<number> {
  return await inTransaction(async (tx) => {
    const person = await findPerson(by, tx);
    if (person === undefined) throw new Error(`no person ${by}`);
    const subject = { kind: 'work', id: `person/${of}` } as const;
    const params = {
      action: 'handOver.give',
      subject,
      version: 0,
      form: { what: [EVERYTHING], to },
      extra: {},
    } as const;
    const update: TapUpdate = {
      kind: 'tap',
      id: systemIds.next(),
      at: Number(at),
      outTrackId: 'card',
      userId: by,
      params,
    };
    const now = Number(at);
    const ctx = newContext({ update, tx, ids: systemIds, now, dingTalkNow: now, person, card: undefined });
    const note = ctx.audit.bind(ctx);
    let steps = 0;
    Object.assign(ctx, {
      audit(...what: Parameters<typeof note>) {
        note(...what);
        steps += 1;
        standStillAt(String(steps));
      },
    });
    await routes().forTap('handOver.give')?.handle(ctx);
    standStillAt('effects');
    await commitEffects(ctx);
    standStillAt('commit');
    return ctx.effects.audit.filter(({ what }) => what === 'handOver.give').length;
  });
}

/** As a lane does: what lost a race is tried again. */
async function insist(): Promise<number> {
  for (;;) {
    try {
      return await give();
    } catch (thrown) {
      const { code } = asAppError(thrown);
      if (code !== 'store.transient' && code !== 'subject.lostRace') throw thrown;
    }
  }
}

useDataKey(Buffer.alloc(32, 7));
useProgrammes(SHIPPED_PROGRAMMES);
await connect(uri);
writeSync(1, 'ready\n');
await once(process.stdin, 'data');
const given = await insist();
standStillAt('after');
writeSync(1, `${given}\n`);
await disconnect();
process.stdin.destroy();
