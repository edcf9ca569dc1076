import type { Clock } from '@field/kit/clock';
import { AppError } from '@field/kit/errors';
import { derivedId } from '@field/kit/ids';
import type { Logger } from '@field/kit/log';
import type { TextKey } from '../../cards/text-key.ts';
import { addAudit } from '../../models/audit.ts';
import {
  activeBinding,
  type Binding,
  bindingsToJudge,
  type DoubtfulBinding,
  judgeBinding,
} from '../../models/bindings.ts';
import { touchCards } from '../../models/cards.ts';
import { shapeToTell } from '../../models/code-shapes.ts';
import { changeDraft, draftsToReadAgain, findDraft } from '../../models/drafts.ts';
import { findItem } from '../../models/items.ts';
import { adminsOf } from '../../models/people.ts';
import { currentProgramme } from '../../models/programme-in-use.ts';
import { sendRecord } from '../../models/record-cards.ts';
import { findSpot } from '../../models/spots.ts';
import { inTransaction, type Transaction } from '../../models/transaction.ts';
import { type Code, readPayload } from '../../src/domain/code.ts';
import { codesAt, codesLacking } from '../../src/flow/codes-at.ts';
import { handOverCode } from './code-line.ts';
import { shopName } from './job.ts';
import { withCodesLookedUp } from './used-elsewhere.ts';

const BATCH = 50;

interface Settling {
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  /** Wakes whoever sends what was committed. */
  readonly wake: () => void;
}

/** What became of codes that nobody knew, as it is said. */
type Became = 'known' | 'refused' | 'clash';
const LINES: Readonly<Record<Became, TextKey>> = {
  known: 'line.codeKnown',
  refused: 'line.codeRefused',
  clash: 'line.codeClash',
};

const STANDINGS = { known: 'COUNTS', refused: 'REFUSED', clash: 'CLASH', unknown: 'UNKNOWN' } as const;

/**
 * Settles, once a version of the programme, what stands on codes that nobody knew: code by code, so that whoever comes after a process
 * that died goes on, and of two at once one does. Tells the operator in the log of each new kind of codes, once.
 */
export function createCodeSettler(services: Settling): { look(): Promise<void> } {
  let settled: number | undefined;
  return {
    async look() {
      for (let shape = await shapeToTell(); shape !== undefined; shape = await shapeToTell()) {
        const { shapeId, product } = shape;
        services.log.warn({ shapeId, shape: shape.shape, product }, 'codes.unknownKind');
      }
      const { version } = currentProgramme();
      if (version === settled) return;
      const count = (await settleBindings(version, services)) + (await settleDrafts(version, services));
      // what somebody else changed at that moment is left for the next look
      if ((await bindingsToJudge(version, 1)).length === 0) settled = version;
      if (count === 0) return;
      services.log.info({ version, count }, 'codes.settled');
      services.wake();
    },
  };
}

async function settleBindings(version: number, { clock }: Settling): Promise<number> {
  let count = 0;
  for (;;) {
    const bindings = await bindingsToJudge(version, BATCH);
    for (const binding of bindings) if (await settleBinding(binding, version, clock.now())) count += 1;
    if (bindings.length < BATCH) return count;
  }
}

/** Answers whether something came of it; another process may have been first. */
async function settleBinding(binding: DoubtfulBinding, version: number, now: number): Promise<boolean> {
  return await orAnother(() =>
    inTransaction(async (tx) => {
      const spot = await findSpot(binding.spotId, tx);
      const { codes } = currentProgramme().flowOf(spot?.product ?? '');
      const read = readPayload(binding.code.canonicalUrl, codes);
      const when = { version, now, tx };
      const judged = async (doubt: Binding['doubt'], known?: Code): Promise<boolean> => {
        await judgeBinding(binding, { judgedBy: version, doubt, known }, tx);
        // who was told so once hears nothing of a version that says the same
        if (doubt === binding.doubt) return false;
        const said = { standing: STANDINGS[doubt ?? 'known'], countsAs: known?.canonicalUrl };
        await handOverCode(binding, spot, { ...said, version, now }, tx);
        return doubt === 'unknown' || (await noteWhatBecame(binding, doubt ?? 'known', when));
      };
      switch (read.kind) {
        case 'ours': {
          const elsewhere = await activeBinding(read.code, tx);
          const isClash = elsewhere !== undefined && elsewhere.bindingId !== binding.bindingId;
          return isClash ? await judged('clash') : await judged(undefined, read.code);
        }
        case 'foreign':
          return await judged('refused');
        default:
          return await judged('unknown');
      }
    }),
  );
}

interface When {
  readonly version: number;
  readonly now: number;
  readonly tx: Transaction;
}

/** Whoever has the spot in hand is told once a version; what stands there no more, or is in doubt, its admins hear too. */
async function noteWhatBecame(
  { spotId, isoId, boundBy, bindingId }: DoubtfulBinding,
  became: Became,
  when: When,
): Promise<true> {
  const { version, now, tx } = when;
  const item = await findItem(spotId, tx);
  const shop = item?.shop ?? '';
  await touchCards({ kind: 'item', id: spotId }, tx);
  const subject = { kind: 'item', id: spotId } as const;
  const details = { binding: bindingId, became, version };
  await addAudit([{ at: now, by: 'system', isoId, what: 'code.settle', subject, cause: `v${version}`, details }], tx);
  const people = new Set([item?.ownerId ?? boundBy]);
  if (became !== 'known') for (const { userId } of await adminsOf(isoId, tx)) people.add(userId);
  for (const userId of people) await tellOnce(userId, became, shop, when);
  return true;
}

async function settleDrafts(version: number, { clock }: Settling): Promise<number> {
  let count = 0;
  for (const draftId of await draftsToReadAgain()) if (await settleDraft(draftId, version, clock.now())) count += 1;
  return count;
}

/** An open draft is read by the patterns of now whenever it is looked at: here it is stored so, shown so, and told. */
async function settleDraft(draftId: string, version: number, now: number): Promise<boolean> {
  return await orAnother(() =>
    inTransaction(async (tx) => {
      const stored = await findDraft(draftId, tx);
      if (stored?.state !== 'OPEN' || stored.waitsForCodes === undefined) return false;
      const { isoId, ownerId } = stored;
      const draft = await withCodesLookedUp({ tx, isoId }, stored.draft);
      const codes = draft.spots.map(({ key }) => codesAt(draft, key));
      if (codes.some((there) => there.some(({ unknown }) => unknown === true))) return false;
      await changeDraft(stored, { draft, updatedAt: now }, tx);
      await touchCards({ kind: 'draft', id: draftId }, tx);
      const became = draft.spots.every(({ key }) => codesLacking(draft, key) === 0) ? 'known' : 'refused';
      if (ownerId !== undefined) await tellOnce(ownerId, became, shopName(draft), { version, now, tx });
      return true;
    }),
  );
}

async function tellOnce(to: string, became: Became, shop: string, { version, now, tx }: When): Promise<void> {
  const intent = derivedId('codesSettled', version, became, to);
  const line = { key: LINES[became], args: { shop } };
  const subject = { kind: 'person', id: to } as const;
  await sendRecord({ intent, to, kind: 'line', view: 'line', subject, line }, now, tx);
}

/** `false` where another process has done it, or somebody changed it meanwhile: the next look finds what is left. */
async function orAnother(work: () => Promise<boolean>): Promise<boolean> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError && error.kind === 'conflict') return false;
    throw error;
  }
}
