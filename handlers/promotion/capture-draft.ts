import type { CaptureAskModel } from '../../cards/capture/asks.ts';
import type { CaptureFormModel } from '../../cards/capture/forms.ts';
import { findDraft, type StoredDraft } from '../../models/drafts.ts';
import type { Aim, Draft, Place, Slot } from '../../src/flow/draft.ts';
import {
  aimAtSlot,
  type FormRef,
  fieldsOfForm,
  formAsks,
  formKey,
  formOf,
  type PhotoAsk,
  photoAsks,
  photoIn,
  placeOf,
  scanCode,
  typeCode,
} from '../../src/flow/engine.ts';
import { paysAs, storeStepOf } from '../../src/flow/roles.ts';
import { photoIn as paymentPhotoIn, photosBeingChecked } from '../../src/inspection/slots.ts';
import { sameSubject, setCurrentWork } from '../photos/current-work.ts';
import type { PhotoTarget } from '../photos/photo-target.ts';
import { formAnswered } from './answer-draft.ts';
import { isOpen, saveDraft, subjectOf } from './current-draft.ts';
import { labelOf } from './job.ts';
import { formNamed, placeName } from './place-name.ts';

const OF_PAYMENT = 'payment';

/** What the page beside the chat can take for a promotion in the making, or for what puts one right. */
export const capturesDraft: Pick<PhotoTarget, 'asks' | 'forms' | 'scanned' | 'filledIn'> = {
  async asks(asking, id) {
    const stored = await findDraft(id, asking.tx);
    if (stored === undefined || !(await isOpen(asking, stored))) return [];
    const { draft } = stored;
    return [...photoAsks(draft).map((ask) => askModel(draft, ask)), ...paymentAsked(stored)];
  },

  async forms(asking, id) {
    const stored = await findDraft(id, asking.tx);
    if (stored === undefined || !(await isOpen(asking, stored))) return [];
    const place = placeOf(stored.draft);
    return formAsks(stored.draft).map((form) => formModel(stored.draft, form, isAt(place, form)));
  },

  async filledIn(ctx, id, { slot, values, at }) {
    const stored = await findDraft(id, ctx.tx);
    const form = formNamed(slot);
    if (stored === undefined || form === undefined || !(await isOpen(ctx, stored))) return undefined;
    if (fieldsOfForm(stored.draft, form).length === 0) return undefined;
    const place = placeOf(stored.draft);
    const { draftId, line } = await formAnswered(ctx, stored, { ...form, values, at });
    const subject = subjectOf(draftId);
    if (sameSubject(ctx.person.currentWork, subjectOf(id))) await setCurrentWork(ctx, subject);
    return { content: { view: 'promotion', subject, line }, evenForm: isAt(place, form) };
  },

  async scanned(ctx, id, { slot: key, code, isTyped, at }) {
    const stored = await findDraft(id, ctx.tx);
    if (stored === undefined || !(await isOpen(ctx, stored))) return undefined;
    const spot = slotNamed(key)?.slot.spot;
    if (spot === undefined) return undefined;
    const { draft, problems } = (isTyped ? typeCode : scanCode)(stored.draft, spot, code, at);
    if (problems.some((problem) => problem.code === 'nothingThere')) return undefined;
    await saveDraft(ctx, stored, draft);
    return { content: { view: 'promotion', subject: subjectOf(stored.draftId) }, evenForm: false };
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

/** Whether the card asks just this form. */
function isAt(place: Place, form: FormRef): boolean {
  return place.kind === 'form' && formKey(place) === formKey(form);
}

function formModel(draft: Draft, form: FormRef, isNext: boolean): CaptureFormModel {
  const { step, spot } = form;
  const { fields, values, problems } = formOf(draft, form);
  return {
    slot: placeName({ kind: 'form', ...form }),
    product: draft.flow.product,
    spot: spot === undefined ? undefined : labelOf(draft, spot),
    form: { step, fields, values, problems },
    blocked: step === storeStepOf(draft) && paysAs(draft, 'notAccepting'),
    isNext,
    answeredAt: Math.max(0, ...Object.values(draft.answeredAt?.[formKey(form)] ?? {}).map((at = 0) => at)),
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
