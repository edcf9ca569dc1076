import type { PartModel } from '../../cards/promotion/parts.ts';
import type { DoubtCode, MissingCode, ViolationCode, WaitingCode } from '../../src/flow/codes.ts';
import { codesAt, shortOf } from '../../src/flow/codes-at.ts';
import { type SlotDefinition, type StepDefinition, stepOf, stepsOf } from '../../src/flow/definition.ts';
import type { Draft, Part, SpotKey } from '../../src/flow/draft.ts';
import { type Finding, formOf, type Offer, photoIn, spotOf } from '../../src/flow/engine.ts';
import { spotStepOf } from '../../src/flow/roles.ts';
import { isNamed, labelOf } from './job.ts';
import { saysOfSpot, saysOfStep } from './part-says.ts';
import { placeName } from './place-name.ts';

/** How one part stands, with the first thing that is missing, forbidden or doubtful in it. */
interface Judged {
  readonly state: PartModel['state'];
  readonly finding?: Finding<MissingCode | ViolationCode | WaitingCode | DoubtCode> | undefined;
}

/** When payments were verified before, where that counts. */
type VerifiedOn = Extract<PartModel['part'], { kind: 'payments' }>['before'];

/** Every part of a draft as the summary lists it; of one that puts something right, the parts that its item has. */
export function partsOf(draft: Draft, found: Offer, verifiedBefore?: VerifiedOn): readonly PartModel[] {
  const { modifies } = draft;
  if (modifies !== undefined && modifies.itemType !== 'STORE') return partsOfSpot(draft, found);
  return stepsOf(draft).flatMap((step) => {
    if (step.verifies) {
      const before = draft.payments?.state === 'doneBefore' ? verifiedBefore : undefined;
      const ofPayments = judged(found, (at) => at.step === step.id);
      return [partModel({ kind: 'payments', before }, { kind: 'payments' }, ofPayments)];
    }
    if (!step.repeats) return partsOfStep(draft, step, found);
    return modifies === undefined ? draft.spots.map(({ key }) => spotPart(draft, key, found)) : [];
  });
}

/** Its form and its photos; one that asks for no photo that is needed is one part. */
function partsOfStep(draft: Draft, definition: StepDefinition, found: Offer): readonly PartModel[] {
  const { id: step, fields, slots } = definition;
  const says = saysOfStep(definition, draft.answers[step] ?? {}, (name) => photoIn(draft, { name })?.at);
  const photos = slots.filter(({ required }) => required);
  const [only, ...others] = photos;
  const form = { kind: 'form', step, part: 'main' } as const;
  const name = only === undefined || others.length > 0 ? ({ kind: 'photos' } as const) : photoName(only);
  return [
    ...(fields.length === 0
      ? []
      : [
          partModel(
            { kind: 'step', step },
            form,
            judged(found, (at) => at.step === step && !(only && isPhoto(at))),
            says.form,
          ),
        ]),
    ...(only === undefined
      ? []
      : [
          partModel(
            name,
            { kind: 'photos', step },
            judged(found, (at) => at.step === step && isPhoto(at)),
            says.photos,
          ),
        ]),
  ];
}

function photoName({ name: slot }: SlotDefinition) {
  return { kind: 'photo', slot } as const;
}

function spotPart(draft: Draft, key: SpotKey, found: Offer): PartModel {
  const ofSpot = judged(found, ({ spot }) => spot === key);
  const spot = spotOf(draft, key);
  const said = { answers: spot?.answers ?? {}, codeEnd: shortOf(codesAt(draft, key)) };
  const says = saysOfSpot(stepOf(draft, spotStepOf(draft)), said, (name) => photoIn(draft, { name, spot: key })?.at);
  return partModel({ kind: 'spot', spot: labelOf(draft, key) }, partToOpen(draft, key, ofSpot), ofSpot, says);
}

/** Its form, where this item has one, and its photos. */
function partsOfSpot(draft: Draft, found: Offer): readonly PartModel[] {
  return draft.spots.flatMap(({ key }) => {
    const form = { kind: 'form', step: spotStepOf(draft), spot: key, part: 'main' } as const;
    const photos = { kind: 'photos', step: spotStepOf(draft), spot: key } as const;
    const hasPhotos = stepOf(draft, photos.step).slots.length > 0;
    const hasForm = formOf(draft, form).fields.length > 0;
    const ofForm = judged(found, (at) => at.spot === key && !isPhoto(at));
    const ofPhotos = judged(found, (at) => at.spot === key && isPhoto(at));
    return [
      ...(hasForm ? [partModel({ kind: 'spot', spot: labelOf(draft, key) }, form, ofForm)] : []),
      ...(hasPhotos ? [partModel({ kind: 'photos' }, photos, ofPhotos)] : []),
    ];
  });
}

function partModel(
  part: PartModel['part'],
  place: Part,
  { state, finding }: Judged,
  says?: PartModel['says'],
): PartModel {
  const photo = finding?.code === 'beingChecked' || finding?.code === 'photo' ? finding.slot : undefined;
  return { part, place: placeName(place), state, reason: finding?.code, photo, says };
}

const MENDED_IN_FORM: ReadonlySet<string> = new Set(['form', 'notFixed', 'typedNotSaved', 'tooManySpots']);

/** What is wrong with a spot tells what is opened: its form, its photos, or the one photo that may not pass. */
function partToOpen(draft: Draft, spot: SpotKey, { state, finding }: Judged): Part {
  // a promotion has one spot at least: the last one is given up with the whole
  if (finding?.code === 'tooManySpots' && draft.spots.length === 1) return { kind: 'change' };
  if (finding === undefined || MENDED_IN_FORM.has(finding.code) || !isNamed(draft, spot)) {
    return { kind: 'form', step: spotStepOf(draft), spot, part: 'main' };
  }
  const photos = { kind: 'photos', step: spotStepOf(draft), spot } as const;
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
