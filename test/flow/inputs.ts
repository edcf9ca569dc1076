import fc from 'fast-check';
import { REFUSALS, WEAKNESSES } from '../../src/flow/codes.ts';
import type { Draft, Part } from '../../src/flow/draft.ts';
import {
  addSpot,
  answer,
  askSameShop,
  askToConfirm,
  back,
  codeOwnership,
  expectPhoto,
  keepPhoto,
  leave,
  moveCode,
  type Ownership,
  open,
  otherStore,
  type PhotoVerdict,
  photoChecked,
  photoComes,
  photoLeaves,
  photoPutAside,
  pickCode,
  removeSpot,
  sameStore,
  skipSpot,
  typeCode,
  useAnother,
  useStore,
} from '../../src/flow/engine.ts';
import { SHIPPED_FLOWS } from '../support/shipped-programme.ts';
import { payload, serial } from './shop.ts';

/** One thing that can happen to a draft, wanted or not. */
export interface Input {
  readonly name: string;
  readonly on: (draft: Draft) => Draft;
}

const SPOT = fc.constantFrom('s1', 's2', 's3', 's4', 's9', '', '__proto__');
const STEP = fc.constantFrom('store', 'spots', 'merchant', 'summary');
const PART = fc.constantFrom('main', 'more');
const PHOTO = fc.integer({ min: 1, max: 12 });
const CODE = fc.integer({ min: 0, max: 4 });
const AT = { store: 'Baan Coffee', spotType: 'WALL', number: 1, by: 'Lek', at: 1 };
const NAMES = SHIPPED_FLOWS.flatMap(({ steps }) => steps.flatMap(({ fields }) => fields.map(({ name }) => name)));

const VALUE = fc.oneof(
  fc.constantFrom('true', 'false', '2', 'Baan', 'ALIPAY_ONLY', 'NONE_YET', 'WALL', '0812345678', '', ' '),
  fc.anything({ maxDepth: 1 }),
  fc.string({ unit: 'binary', maxLength: 100 }),
);
const GOOD = fc.constant({
  nameLocal: 'Baan',
  address: 'Silom 12',
  city: 'Bangkok',
  paysWith: 'ALIPAY_ONLY',
  managerName: 'Som',
  consent: 'true',
  posmForm: 'STANDEE',
  fixedSecurely: 'true',
  contactPhoneOrEmail: 'a@shop.example',
});
const VALUES = fc.oneof(GOOD, fc.dictionary(fc.constantFrom(...NAMES, 'other', '__proto__'), VALUE, { maxKeys: 6 }));

export const VERDICT: fc.Arbitrary<PhotoVerdict> = fc.oneof(
  fc.record({ ok: fc.constant(false as const), reason: fc.constantFrom(...REFUSALS) }),
  fc.record({
    ok: fc.constant(true as const),
    sha256: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'),
    codes: fc.array(fc.oneof(CODE.map(payload), fc.constant('https://other.example')), { maxLength: 3 }),
    weaknesses: fc.subarray([...WEAKNESSES]),
    usedBefore: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.constant(true)),
  }),
);

const PART_REF: fc.Arbitrary<Part> = fc.oneof(
  fc.record({ kind: fc.constant('form' as const), step: STEP, spot: SPOT, part: PART }),
  fc.record({ kind: fc.constant('form' as const), step: STEP, part: PART }),
  fc.record({ kind: fc.constant('photos' as const), step: STEP, spot: SPOT }),
  fc.record({ kind: fc.constant('photos' as const), step: STEP, slot: fc.constantFrom('licence', 'storefront') }),
  fc.record({
    kind: fc.constant('photos' as const),
    step: STEP,
    spot: SPOT,
    slot: fc.constantFrom('context', 'closeup', 'back'),
  }),
  fc.record({ kind: fc.constant('typeCode' as const), spot: SPOT }),
  fc.constant({ kind: 'change' as const }),
) as fc.Arbitrary<Part>;

const OWNERSHIP: fc.Arbitrary<Ownership> = fc.constantFrom(
  { kind: 'free' },
  { kind: 'notOfIso' },
  { kind: 'boundHere', at: AT },
  { kind: 'boundElsewhere' },
);

function input<T>(name: string, argument: fc.Arbitrary<T>, on: (draft: Draft, value: T) => Draft): fc.Arbitrary<Input> {
  return argument.map((value) => ({
    name,
    on: (draft) => on(draft, value),
    toString: () => `${name} ${fc.stringify(value)}`,
  }));
}

/** Everything that answers, taps, photos and look-ups can do, in every state of health. */
export const INPUT: fc.Arbitrary<Input> = fc.oneof(
  {
    weight: 4,
    arbitrary: input('answer', fc.tuple(STEP, SPOT, PART, VALUES), (draft, [step, spot, part, values]) => {
      const at = step === 'spots' ? { spot } : {};
      return answer(draft, { step, ...at, part, values }).draft;
    }),
  },
  {
    weight: 6,
    arbitrary: input('send', fc.tuple(PHOTO, VERDICT), (draft, [n, verdict]) =>
      photoChecked(expectPhoto(draft, { photoId: `p${n}`, seq: n, at: n }), `p${n}`, verdict),
    ),
  },
  input('expect', PHOTO, (draft, n) => expectPhoto(draft, { photoId: `p${n}`, seq: n, at: n })),
  input('verdict', fc.tuple(PHOTO, VERDICT), (draft, [n, verdict]) => photoChecked(draft, `p${n}`, verdict)),
  input('back', fc.constant(0), (draft) => back(draft).draft),
  input('leave', fc.constant(0), (draft) => leave(draft).draft),
  input('open', PART_REF, (draft, part) => open(draft, part).draft),
  input('addSpot', fc.constant(0), (draft) => addSpot(draft).draft),
  input('removeSpot', SPOT, (draft, spot) => removeSpot(draft, spot).draft),
  input('skipSpot', SPOT, (draft, spot) => skipSpot(draft, spot).draft),
  input(
    'typeCode',
    fc.tuple(SPOT, fc.oneof(CODE.map(serial), VALUE)),
    (draft, [spot, text]) => typeCode(draft, spot, text).draft,
  ),
  input('pickCode', fc.tuple(PHOTO, CODE), (draft, [n, code]) => pickCode(draft, `p${n}`, serial(code)).draft),
  input('leaves', PHOTO, (draft, n) => photoLeaves(draft, `p${n}`)),
  input('putAside', PHOTO, (draft, n) => photoPutAside(draft, `p${n}`)),
  input('comes', fc.tuple(PHOTO, VERDICT), (draft, [n, verdict]) =>
    photoComes(draft, { photoId: `p${n}`, seq: n, at: n }, verdict),
  ),
  input('keepPhoto', PHOTO, (draft, n) => keepPhoto(draft, `p${n}`).draft),
  input('ownership', fc.tuple(SPOT, CODE, OWNERSHIP), (draft, [spot, code, found]) =>
    codeOwnership(draft, spot, serial(code), found),
  ),
  input('moveCode', SPOT, (draft, spot) => moveCode(draft, spot).draft),
  input('useAnother', SPOT, (draft, spot) => useAnother(draft, spot).draft),
  input('sameShop', fc.constantFrom('A', 'B'), (draft, storeId) =>
    askSameShop(draft, [{ storeId, name: 'x', address: 'y', by: 'z', at: 1 }]),
  ),
  input('sameStore', fc.constantFrom('A', 'B'), (draft, storeId) => sameStore(draft, storeId).draft),
  input('otherStore', fc.constant(0), (draft) => otherStore(draft).draft),
  input(
    'useStore',
    fc.constantFrom('A', 'B'),
    (draft, storeId) => useStore(draft, storeId, { nameLocal: 'Known' }).draft,
  ),
  input('confirm', fc.constant(0), (draft) => askToConfirm(draft)),
);
