import type { CaptureAskModel } from '../../cards/capture/asks.ts';
import { findDraft, type StoredDraft } from '../../models/drafts.ts';
import type { Aim, Draft, Slot } from '../../src/flow/draft.ts';
import { aimAtSlot, type PhotoAsk, photoAsks, photoIn, scanCode } from '../../src/flow/engine.ts';
import { photoIn as paymentPhotoIn, photosBeingChecked } from '../../src/inspection/slots.ts';
import type { PhotoTarget } from '../photos/photo-target.ts';
import { isOpen, saveDraft, subjectOf } from './current-draft.ts';
import { labelOf } from './job.ts';

const OF_PAYMENT = 'payment';

/** What the page beside the chat can take for a promotion in the making, or for what puts one right. */
export const capturesDraft: Pick<PhotoTarget, 'asks' | 'scanned'> = {
  async asks(asking, id) {
    const stored = await findDraft(id, asking.tx);
    if (stored === undefined || !(await isOpen(asking, stored))) return [];
    const { draft } = stored;
    return [...photoAsks(draft).map((ask) => askModel(draft, ask)), ...paymentAsked(stored)];
  },

  async scanned(ctx, id, { slot: key, code, at }) {
    const stored = await findDraft(id, ctx.tx);
    if (stored === undefined || !(await isOpen(ctx, stored))) return undefined;
    const spot = slotNamed(key)?.slot.spot;
    if (spot === undefined) return undefined;
    const { draft, problems } = scanCode(stored.draft, spot, code, at);
    if (problems.some((problem) => problem.code === 'nothingThere')) return undefined;
    await saveDraft(ctx, stored, draft);
    return { view: 'promotion', subject: subjectOf(stored.draftId) };
  },
};

/** What a photo is meant for that was taken for this place of the draft; of a place that is gone it is known that it came late. */
export function aimOfCapture({ draft, payments }: StoredDraft, key: string): Aim {
  const [first, mode] = key.split('/');
  const payment = payments.rules.modes.find((one) => one === mode);
  if (first === OF_PAYMENT) return payment === undefined ? { past: true } : { payment };
  const named = slotNamed(key);
  return (named && aimAtSlot(draft, named.step, named.slot)) ?? { past: true };
}

function askModel(draft: Draft, { step, slot, example, wantsCode, has, checking, says }: PhotoAsk): CaptureAskModel {
  const { name, spot } = slot;
  return {
    slot: slotKey(step, slot),
    of: {
      in: 'promotion',
      product: draft.flow.product,
      slot: name,
      spot: spot === undefined ? undefined : labelOf(draft, spot),
    },
    example: photoIn(draft, slot) === undefined ? example : undefined,
    takes: wantsCode ? 'both' : 'photo',
    most: 1,
    have: has ? 1 : 0,
    checking,
    says,
  };
}

/** A payment whose screen is to be shown, once its result was said. */
function paymentAsked({ draft, verification, payments }: StoredDraft): readonly CaptureAskModel[] {
  const mode = draft.payments?.photoOf;
  if (mode === undefined) return [];
  const slot = { kind: 'payment', mode } as const;
  const waiting = photosBeingChecked(verification).filter((photo) => photo.slot?.kind === 'payment');
  const has = paymentPhotoIn(verification, payments, slot) !== undefined;
  return [
    {
      slot: `${OF_PAYMENT}/${mode}`,
      of: { in: 'payment', mode },
      takes: 'photo',
      most: 1,
      have: has ? 1 : 0,
      checking: waiting.length,
    },
  ];
}

/** `spots/s1/closeup`, `store//front`: whatever else comes back names nothing. */
function slotKey(step: string, { name, spot = '' }: Slot): string {
  return `${step}/${spot}/${name}`;
}

function slotNamed(key: string): { readonly step: string; readonly slot: Slot } | undefined {
  const [step = '', spot = '', name = ''] = key.split('/');
  if (step === '' || name === '') return undefined;
  return { step, slot: spot === '' ? { name } : { name, spot } };
}
