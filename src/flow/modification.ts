import { movePhoto, withSpot } from './change.ts';
import { codesAt, codesOf, isAmong, unseenCodes, withCodes, withoutCodeAt } from './codes-at.ts';
import {
  type FieldName,
  type FlowDefinition,
  type SlotName,
  type StepId,
  slotOf,
  stepOf,
  stepsOf,
} from './definition.ts';
import type { Answers, AnswerValue, Draft, KeptPhoto, Modification, Part, Slot, SpotCode, SpotKey } from './draft.ts';
import { fieldsOfForm } from './form.ts';
import { answersOf, photoIn } from './lookup.ts';
import { newDraft } from './new-draft.ts';
import { offer } from './offer.ts';
import { asShown } from './read-field.ts';
import { spotStepOf } from './roles.ts';
import { partExists, slotAt } from './screens.ts';

/** The one spot of a draft that puts a spot or its POSM right. */
const SPOT: SpotKey = 's1';

/** A photo that was submitted. */
interface SentPhoto {
  readonly slot: SlotName;
  readonly photoId: string;
  readonly sha256: string;
  /** Milliseconds. */
  readonly at: number;
}

/** A code that was submitted, and the photo in which it was read; of one that was typed, a close-up. */
interface SentCode extends SpotCode {
  readonly photoId?: string | undefined;
}

/** An item as it was submitted, and what its failure asks for. */
export interface FailedItem extends Omit<Modification, 'before' | 'failedCode' | 'asks'> {
  readonly asks: readonly string[];
  readonly flow: FlowDefinition;
  readonly storeId: string;
  readonly shop: string;
  readonly countryRegion: string;
  readonly answers: Draft['answers'];
  readonly spot?: { readonly answers: Answers; readonly codes: readonly SentCode[] } | undefined;
  readonly photos: readonly SentPhoto[];
  /** Whether the reason forbids what stands there: one of its codes at least must be another one. */
  readonly codeFailed: boolean;
}

/**
 * A draft that puts right what failed: everything stands in it as it was submitted, and what the reasons ask for is to be given
 * again, prefilled where it was typed. Where they ask for nothing that the item has, the person chooses what to change.
 */
export function modificationOf(failed: FailedItem): Draft {
  const { flow, storeId, shop, countryRegion, answers, spot, codeFailed, photos: sent, ...item } = failed;
  const { itemRef, itemType, revision, spotId, asks, label, others } = item;
  const codes = (spot?.codes ?? []).map(({ photoId: _photoId, ...code }): SpotCode => code);
  const read = readInPhotos(flow, sent, spot?.codes ?? []);
  const photos = sent.map(({ slot, photoId, sha256, at }, index): Draft['photos'][number] => ({
    photoId,
    seq: index + 1,
    at,
    aim: {},
    where: { kind: 'slot', slot: placeOfSlot(flow, slot) },
    kept: {
      sha256,
      foreign: false,
      weaknesses: [],
      accepted: true,
      ...readIn(read.get(photoId) ?? []),
    },
  }));
  const bare = { key: SPOT, answers: spot?.answers ?? {}, skipped: false };
  const { spots } = withCodes({ ...newDraft(flow), spots: [bare] }, SPOT, codes);
  const before = { answers, photos, spots };
  const whole: Draft = {
    ...newDraft(flow, { storeName: shop, country: countryRegion }),
    ...before,
    storeId,
    modifies: {
      itemRef,
      itemType,
      revision,
      asks: [],
      before,
      spotId,
      label,
      others,
      failedCode: codeFailed ? codes[0]?.codeId : undefined,
    },
  };
  const asked = [...new Set(asks)].filter((part) => isPartOf(whole, part));
  const emptied = asked.reduce(withoutPart, whole);
  const modifies = { ...(whole.modifies as Modification), asks: asked };
  if (asked.length > 0) return { ...emptied, modifies };
  return { ...whole, opened: { part: { kind: 'change' }, by: 'person', lacked: false, renewed: [], deferred: [] } };
}

/** Which codes are in which photo: where that is not known, in the first close-up. */
function readInPhotos(
  flow: FlowDefinition,
  sent: readonly SentPhoto[],
  codes: readonly SentCode[],
): ReadonlyMap<string, readonly SpotCode[]> {
  const closeups = sent.filter(({ slot }) => showsCode(flow, slot)).map(({ photoId }) => photoId);
  const read = codes.filter(({ method }) => method === 'PHOTO_DECODE');
  const photoOf = ({ photoId = '' }: SentCode) => (closeups.includes(photoId) ? photoId : closeups[0]);
  return new Map(
    closeups.map((closeup) => [
      closeup,
      read.filter((code) => photoOf(code) === closeup).map(({ photoId: _photoId, ...code }) => code),
    ]),
  );
}

function readIn(codes: readonly SpotCode[]): Pick<KeptPhoto, 'codes' | 'unknown'> {
  const [unknown, known] = [codes.filter((code) => code.unknown), codes.filter((code) => !code.unknown)];
  return unknown.length > 0 && known.length === 0 ? { codes: [], unknown } : { codes: known };
}

/** Where a part that can be asked for again stands in the flow: the code, or a step, field or photo by its name. */
function placeOfPart(draft: Draft, part: string): Part | undefined {
  if (part === 'code') return { kind: 'typeCode', spot: SPOT };
  for (const step of stepsOf(draft)) {
    const at = step.repeats ? { step: step.id, spot: SPOT } : { step: step.id };
    if (slotOf(step, part) !== undefined) return { kind: 'photos', ...at, slot: part };
    if (step.id === part || step.fields.some(({ name }) => name === part)) return { kind: 'form', ...at, part: 'main' };
  }
  return undefined;
}

function isPartOf(draft: Draft, part: string): boolean {
  const place = placeOfPart(draft, part);
  return place !== undefined && partExists(draft, place);
}

/** The draft with a part to be given again. */
function withoutPart(draft: Draft, part: string): Draft {
  const place = placeOfPart(draft, part);
  switch (place?.kind) {
    case 'form': {
      const { fields } = stepOf(draft, place.step);
      const agreed = fields.filter(({ name, mustAgree }) => name === part && mustAgree === true);
      return withoutForm(
        draft,
        place.step,
        agreed.map(({ name }) => name),
      );
    }
    case 'photos': {
      const freed = withoutPhoto(draft, slotAt(part, place.spot));
      // codes are read again in the new one; one that was typed because it could not be read stays
      const isRead = slotOf(stepOf(draft, place.step), part)?.showsCode === true;
      const gone = isRead ? unseenCodes(freed, SPOT).filter(({ method }) => method === 'PHOTO_DECODE') : [];
      return gone.reduce((now, code) => withoutCodeAt(now, SPOT, code), freed);
    }
    case 'typeCode':
      return withCodes(draft, SPOT, []);
    default:
      return draft;
  }
}

/** What stood in a form is prefilled, to be looked at and saved again; `anew` is to be answered afresh. */
function withoutForm(draft: Draft, step: StepId, anew: readonly FieldName[] = []): Draft {
  const spot = step === spotStepOf(draft) ? { spot: SPOT } : {};
  const prefill: Partial<Record<FieldName, string>> = { ...draft.prefill };
  const left: Partial<Record<FieldName, AnswerValue>> = { ...answersOf(draft, step, spot.spot) };
  for (const { name } of fieldsOfForm(draft, { step, ...spot, part: 'main' })) {
    const shown = left[name] === undefined ? undefined : asShown(left[name]);
    delete left[name];
    if (anew.includes(name)) delete prefill[name];
    else if (typeof shown === 'string') prefill[name] = shown;
  }
  if (spot.spot === undefined) return { ...draft, prefill, answers: { ...draft.answers, [step]: left } };
  return { ...withSpot(draft, SPOT, (old) => ({ ...old, answers: left })), prefill };
}

function withoutPhoto(draft: Draft, slot: Slot): Draft {
  const photo = photoIn(draft, slot);
  return photo ? movePhoto(draft, photo.photoId, { kind: 'setAside', why: 'replaced' }) : draft;
}

/** The codes that failed: as long as all of them stand there, what stands there is what failed. */
export function failedCodes({ flow, modifies }: Draft): readonly SpotCode[] {
  if (modifies?.failedCode === undefined) return [];
  return modifies.before.spots.flatMap((spot) => codesOf({ flow }, spot));
}

function placeOfSlot({ steps }: FlowDefinition, name: SlotName): Slot {
  return slotAt(name, steps.some((step) => step.repeats && slotOf(step, name) !== undefined) ? SPOT : undefined);
}

function showsCode({ steps }: FlowDefinition, name: SlotName): boolean {
  return steps.some((step) => slotOf(step, name)?.showsCode === true);
}

/** Something that is not as it was submitted. */
export type Change =
  | {
      readonly kind: 'answer';
      readonly field: FieldName;
      readonly step: StepId;
      readonly was: string;
      readonly is: string;
    }
  | { readonly kind: 'photo'; readonly slot: SlotName; readonly was: string | undefined; readonly is: string }
  | { readonly kind: 'code'; readonly was: string | undefined; readonly is: string };

/** What a modification changes, in the order of the flow; none for a draft that is a promotion. */
export function changesOf(draft: Draft): readonly Change[] {
  const { modifies } = draft;
  if (modifies === undefined) return [];
  const old: Draft = { ...draft, ...modifies.before };
  return stepsOf(draft).flatMap(({ id, repeats, fields, slots }): Change[] => {
    const spot = repeats ? SPOT : undefined;
    const was = answersOf(old, id, spot);
    const is = answersOf(draft, id, spot);
    return [
      ...fields.flatMap(({ name }): Change[] => {
        const change = { was: textOf(was[name]), is: textOf(is[name]) };
        return change.was === change.is ? [] : [{ kind: 'answer', field: name, step: id, ...change }];
      }),
      ...slots.flatMap(({ name }): Change[] => {
        const slot = slotAt(name, spot);
        const change = { was: photoIn(old, slot)?.kept?.sha256, is: photoIn(draft, slot)?.kept?.sha256 };
        return change.is === undefined || change.was === change.is
          ? []
          : [{ kind: 'photo', slot: name, was: change.was, is: change.is }];
      }),
      ...(repeats ? codeChanges(codesAt(old, SPOT), codesAt(draft, SPOT)) : []),
    ];
  });
}

function codeChanges(was: readonly SpotCode[], is: readonly SpotCode[]): Change[] {
  const gone = was.filter((one) => !isAmong(is, one));
  const come = is.filter((one) => !isAmong(was, one));
  return come.map(({ short }, index) => ({ kind: 'code', was: gone[index]?.short, is: short }));
}

function textOf(value: AnswerValue | undefined): string {
  if (value === undefined) return '';
  const shown = asShown(value);
  return typeof shown === 'string' ? shown : shown.join(', ');
}

/** Whether it can be sent again: nothing is missing or forbidden, and something was asked for and given, or was changed. */
export function canResubmit(draft: Draft): boolean {
  if (draft.modifies === undefined || !offer(draft).canSubmit) return false;
  return draft.modifies.asks.length > 0 || changesOf(draft).length > 0;
}
