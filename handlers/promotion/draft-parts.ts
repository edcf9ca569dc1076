import type { PartModel } from '../../cards/promotion/parts.ts';
import type { DoubtCode, MissingCode, ViolationCode, WaitingCode } from '../../src/flow/codes.ts';
import type { Draft, Part, SpotKey } from '../../src/flow/draft.ts';
import { type Finding, formOf, type Offer } from '../../src/flow/engine.ts';
import { isNamed, labelOf } from './job.ts';
import { placeName } from './place-name.ts';

/** How one part stands, with the first thing that is missing, forbidden or doubtful in it. */
interface Judged {
  readonly state: PartModel['state'];
  readonly finding?: Finding<MissingCode | ViolationCode | WaitingCode | DoubtCode> | undefined;
}

/** Every part of a draft as the summary lists it; of one that puts something right, the parts that its item has. */
export function partsOf(draft: Draft, found: Offer): readonly PartModel[] {
  const { modifies } = draft;
  if (modifies !== undefined && modifies.itemType !== 'STORE') return partsOfSpot(draft, found);
  const ofStore = judged(found, (at) => at.step === 'store' && !isPhoto(at));
  const ofFront = judged(found, (at) => at.step === 'store' && isPhoto(at));
  const ofMerchant = judged(found, (at) => at.step === 'merchant');
  return [
    partModel('store', { kind: 'form', step: 'store', part: 'main' }, ofStore),
    partModel('storefront', { kind: 'photos', step: 'store' }, ofFront),
    ...(modifies === undefined ? draft.spots.map(({ key }) => spotPart(draft, key, found)) : []),
    partModel('merchant', { kind: 'form', step: 'merchant', part: 'main' }, ofMerchant),
  ];
}

function spotPart(draft: Draft, key: SpotKey, found: Offer): PartModel {
  const ofSpot = judged(found, ({ spot }) => spot === key);
  return { ...partModel('spot', partToOpen(draft, key, ofSpot), ofSpot), spot: labelOf(draft, key) };
}

/** Its form, where this item has one, and its photos. */
function partsOfSpot(draft: Draft, found: Offer): readonly PartModel[] {
  return draft.spots.flatMap(({ key }) => {
    const form = { kind: 'form', step: 'spots', spot: key, part: 'main' } as const;
    const photos = { kind: 'photos', step: 'spots', spot: key } as const;
    const hasForm = formOf(draft, form).fields.length > 0;
    const ofForm = judged(found, (at) => at.spot === key && !isPhoto(at));
    const ofPhotos = judged(found, (at) => at.spot === key && isPhoto(at));
    return [
      ...(hasForm ? [{ ...partModel('spot', form, ofForm), spot: labelOf(draft, key) }] : []),
      partModel('photos', photos, ofPhotos),
    ];
  });
}

function partModel(part: PartModel['part'], place: Part, { state, finding }: Judged): PartModel {
  const photo = finding?.code === 'beingChecked' || finding?.code === 'photo' ? finding.slot : undefined;
  return { part, place: placeName(place), state, reason: finding?.code, photo };
}

const MENDED_IN_FORM: ReadonlySet<string> = new Set(['form', 'notFixed', 'typedNotSaved', 'tooManySpots']);

/** What is wrong with a spot tells what is opened: its form, its photos, or the one photo that may not pass. */
function partToOpen(draft: Draft, spot: SpotKey, { state, finding }: Judged): Part {
  // a promotion has one spot at least: the last one is given up with the whole
  if (finding?.code === 'tooManySpots' && draft.spots.length === 1) return { kind: 'change' };
  if (finding === undefined || MENDED_IN_FORM.has(finding.code) || !isNamed(draft, spot)) {
    return { kind: 'form', step: 'spots', spot, part: 'main' };
  }
  const photos = { kind: 'photos', step: 'spots', spot } as const;
  return state === 'missing' || finding.slot === undefined ? photos : { ...photos, slot: finding.slot };
}

const OF_PHOTOS: ReadonlySet<string> = new Set(['photo', 'code', 'beingChecked']);

function isPhoto({ slot, code }: Finding<string>): boolean {
  return slot !== undefined || OF_PHOTOS.has(code);
}

function judged({ missing, violations, waiting, doubts }: Offer, belongs: (at: Finding<string>) => boolean): Judged {
  const lacks = missing.find(belongs);
  const waits = waiting.find(belongs);
  // what is being looked at may be just what is missing
  if (waits !== undefined && (lacks === undefined || lacks.slot !== undefined || lacks.code === 'code'))
    return { state: 'waiting', finding: waits };
  if (lacks !== undefined) return { state: 'missing', finding: lacks };
  const forbidden = violations.find(belongs);
  if (forbidden !== undefined) return { state: 'violation', finding: forbidden };
  const doubt = doubts.find(belongs);
  return doubt === undefined ? { state: 'done' } : { state: 'doubt', finding: doubt };
}
