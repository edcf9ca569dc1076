import type { FormModel } from '../../cards/form.ts';
import type { Further } from '../../cards/promotion/further.ts';
import type { JobModel } from '../../cards/promotion/job.ts';
import type { StoreFormModel } from '../../cards/promotion/store.ts';
import type { LoadedView } from '../../src/delivery/render-cards.ts';
import { type PolicyLimits, roomForSpots } from '../../src/domain/policy.ts';
import { codesAt, codesLacking, isAmong, shortOf } from '../../src/flow/codes-at.ts';
import { type SlotName, slotOf, stepOf } from '../../src/flow/definition.ts';
import type { Draft, Place, Question, SpotKey } from '../../src/flow/draft.ts';
import {
  codesIn,
  doubtsToAsk,
  type FormRef,
  formOf,
  offer,
  photoIn,
  placeOf,
  typedCodeKey,
} from '../../src/flow/engine.ts';
import { paysAs, storeStepOf } from '../../src/flow/roles.ts';
import type { DrawnPayments } from '../inspection/draw-payments.ts';
import { resubmitModel } from '../review/load-resubmit.ts';
import { partsOf } from './draft-parts.ts';
import { isNamed, jobOf, labelOf } from './job.ts';
import { drawnPaymentStep } from './load-payments.ts';
import { placeName } from './place-name.ts';

/** What a draft does not know itself. */
export interface DraftContext {
  readonly timeZone: string;
  /** What the shop may still have. */
  readonly limits: PolicyLimits;
  readonly known: StoreFormModel['known'];
  readonly payments: DrawnPayments;
  /** When payments were verified in the shop before, by `clock.now()`. */
  readonly verifiedAt?: number | undefined;
}

/** Where the person stands in a draft, as the view that asks it. */
export function drawnDraft(draft: Draft, context: DraftContext): LoadedView {
  const place = placeOf(draft);
  const job = jobOf(draft);
  const before = context.verifiedAt === undefined ? undefined : { at: context.verifiedAt, timeZone: context.timeZone };
  switch (place.kind) {
    case 'form':
      return drawnForm(draft, place, job, context);
    case 'photo':
      return drawnPhotos(draft, place, job);
    case 'typeCode': {
      const typed = draft.typed[typedCodeKey(place.spot)];
      const form = { values: { code: '', ...typed?.values }, problems: typed?.problems ?? [] };
      const ref = placeName({ kind: 'typeCode', spot: place.spot });
      return { name: 'promotion.typeCode', model: { job, spot: labelOf(draft, place.spot), form: { ...form, ref } } };
    }
    case 'question':
      return drawnQuestion(draft, place.question, job, context);
    case 'payments':
      return drawnPaymentStep(draft, context.payments);
    case 'change': {
      const { maxSpotsPerStore, spotsAlreadyInStore } = context.limits;
      const hasRoom = draft.spots.length + spotsAlreadyInStore < maxSpotsPerStore;
      const canAddSpot = hasRoom && draft.modifies === undefined;
      return {
        name: 'promotion.change',
        model: { job, parts: partsOf(draft, offer(draft, context.limits), before), canAddSpot },
      };
    }
    case 'summary': {
      const found = offer(draft, context.limits);
      if (draft.modifies !== undefined) return { name: 'promotion.resubmit', model: resubmitModel(draft, job, found) };
      return {
        name: 'promotion.summary',
        model: {
          job,
          parts: partsOf(draft, found, before),
          canSubmit: found.canSubmit,
          timeZone: context.timeZone,
        },
      };
    }
  }
}

/** The job of a card that stands beside the flow. */
export function jobAside(draft: Draft): JobModel {
  return jobOf(draft);
}

function drawnForm(
  draft: Draft,
  place: Extract<Place, { kind: 'form' }>,
  job: JobModel,
  context: DraftContext,
): LoadedView {
  const form = formModel(draft, place);
  const back = place.reopened;
  const further = furtherIn(draft, place);
  if (place.part === 'more') return { name: 'promotion.details', model: { job, form, photos: further.photos } };
  if (place.step === storeStepOf(draft)) {
    const blocked = paysAs(draft, 'notAccepting');
    return { name: 'promotion.store', model: { job, form, known: context.known, blocked, further, back } };
  }
  const { spot } = place;
  if (spot === undefined) return { name: 'promotion.step', model: { job, form, further, back } };
  return {
    name: 'promotion.spot',
    model: {
      job,
      form,
      further,
      back,
      index: draft.spots.findIndex(({ key }) => key === spot) + 1,
      spot: isNamed(draft, spot) ? labelOf(draft, spot) : undefined,
      removable: draft.spots.length > 1 && back ? spot : undefined,
      room: context.limits.spotsAlreadyInStore > 0 ? roomForSpots(context.limits) : undefined,
    },
  };
}

/** What of the step of a form may be left out. */
function furtherIn(draft: Draft, { step, spot }: FormRef): Further {
  const { fields, slots } = stepOf(draft, step);
  return {
    more: fields.some(({ part }) => part === 'more'),
    photos: slots
      .filter(({ required }) => !required)
      .map(({ name }) => ({ slot: name, place: placeName({ kind: 'photos', step, spot, slot: name }) })),
  };
}

function formModel(draft: Draft, ref: FormRef): FormModel {
  const { fields, values, problems } = formOf(draft, ref);
  return { step: ref.step, fields, values, problems, ref: placeName({ kind: 'form', ...ref }) };
}

function drawnPhotos(draft: Draft, place: Extract<Place, { kind: 'photo' }>, job: JobModel): LoadedView {
  if (place.spot === undefined) {
    const [slot = ''] = place.wanted;
    const { example } = slotOf(stepOf(draft, place.step), slot) ?? {};
    return {
      name: 'promotion.photo',
      model: { job, slot, example, kept: photoIn(draft, { name: slot }) !== undefined },
    };
  }
  const { spot } = place;
  const codes = codesAt(draft, spot);
  // of what failed by itself, the photos beside it are there too
  const { code: readsCode = false, slots = [] } = draft.flow.steps.find(({ id }) => id === place.step) ?? {};
  const replaces = photoReplaced(draft, place, readsCode);
  const shown = slots.filter(({ required, name }) => required || name === replaces || place.wanted.includes(name));
  const at = shown.findIndex(({ name }) => name === replaces);
  return {
    name: 'promotion.photos',
    model: {
      job,
      spot: labelOf(draft, spot),
      readsCode,
      reopened: place.reopened,
      photos: shown.map(({ name, showsCode }, index) => {
        const isOther = replaces !== undefined && !readsCode && index > at;
        return {
          slot: name,
          kept: photoIn(draft, { name, spot }) !== undefined,
          unread: showsCode && isUnread(draft, spot, name),
          place: isOther ? placeName({ kind: 'photos', step: place.step, spot, slot: name }) : undefined,
        };
      }),
      codeEnd: shortOf(codes),
      codesLeft: readsCode ? codesLacking(draft, spot) : 0,
      replaces,
    },
  };
}

/** Whether a close-up shows none of its spot's codes while one is missing. */
function isUnread(draft: Draft, spot: SpotKey, name: SlotName): boolean {
  const read = codesIn(photoIn(draft, { name, spot }));
  return codesLacking(draft, spot) > 0 && !codesAt(draft, spot).some((code) => isAmong(read, code));
}

/** Of a spot's photos that are all kept, the one that the next photo replaces; undefined where its code tells. */
function photoReplaced(draft: Draft, { wanted, spot = '' }: Extract<Place, { kind: 'photo' }>, readsCode: boolean) {
  const [next, ...others] = wanted;
  if (next === undefined || (readsCode && others.length > 0)) return undefined;
  return photoIn(draft, { name: next, spot }) === undefined ? undefined : next;
}

function drawnQuestion(
  draft: Draft,
  question: Question,
  job: JobModel,
  { timeZone, limits }: DraftContext,
): LoadedView {
  switch (question.kind) {
    case 'twoCodes':
      return {
        name: 'promotion.twoCodes',
        model: { job, spot: labelOf(draft, question.spot), codes: question.codes },
      };
    case 'codeBoundHere': {
      const { spot, code, at } = question;
      const model = { job, spot: labelOf(draft, spot), codeEnd: code.short, where: at, timeZone };
      return { name: 'promotion.moveCode', model };
    }
    case 'weakPhoto':
      return {
        name: 'promotion.weakPhoto',
        model: { job, slot: question.slot.name, weaknesses: question.weaknesses },
      };
    case 'sameShop':
      return {
        name: 'promotion.sameShop',
        model: { job, step: storeStepOf(draft), stores: question.stores, timeZone },
      };
    case 'confirmDoubts': {
      const found = offer(draft, limits);
      const asked = { ...found, doubts: doubtsToAsk(found) };
      const doubts = partsOf(draft, asked).filter(({ state }) => state === 'doubt');
      return { name: 'promotion.confirmDoubts', model: { job, doubts } };
    }
  }
}
