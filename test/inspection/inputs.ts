import fc from 'fast-check';
import type { FormPart } from '../../src/inspection/forms.ts';
import type { Part } from '../../src/inspection/inspection.ts';
import { photoComes, photoLeaves, photoPutAside } from '../../src/inspection/move-photos.ts';
import { leave, open } from '../../src/inspection/parts.ts';
import { back } from '../../src/inspection/place.ts';
import { chooseTool, everythingMatches, inspectAfterAll, sayOnlyAlipay, spotIsGood } from '../../src/inspection/say.ts';
import { CASHIER_CODE, DOOR_CODE, FOREIGN_CODE, SHOP, type Work } from './shop.ts';

/** Something that happens to a task at work; `name` tells a failed run. */
export interface Input {
  readonly name: string;
  readonly on: (work: Work) => Work;
}

const SPOT_REF = fc.constantFrom(...SHOP.spots.map(({ spotRef }) => spotRef), '__proto__');
const { modes, tools, results, differs, problems, cannot } = SHOP.rules;
const idsOf = (choices: readonly { readonly id: string }[]) => choices.map(({ id }) => id);
const MODE = fc.constantFrom(...modes);
const TOOL = fc.constantFrom(...idsOf(tools));

const FORM: fc.Arbitrary<FormPart> = fc.oneof(
  fc.constantFrom({ kind: 'differs' } as const, { kind: 'cannot' } as const),
  SPOT_REF.map((spotRef) => ({ kind: 'problem', spotRef }) as const),
  MODE.map((mode) => ({ kind: 'payment', mode }) as const),
);
const PART: fc.Arbitrary<Part> = fc.oneof(
  FORM,
  fc.constantFrom(...(['store', 'tool', 'change'] as const)).map((kind) => ({ kind })),
  SPOT_REF.map((spotRef) => ({ kind: 'spot', spotRef }) as const),
  MODE.map((mode) => ({ kind: 'paymentPhoto', mode }) as const),
  TOOL.map((instead) => ({ kind: 'onlyAlipay', instead }) as const),
);

const some = <T>(values: readonly T[]) => fc.oneof(fc.subarray([...values]), fc.constantFrom(...values), fc.string());
const VALUES = fc.record(
  {
    differs: some(idsOf(differs)),
    problems: some(idsOf(problems)),
    cannot: some(cannot),
    result: some(idsOf(results)),
    amount: fc.oneof(fc.constantFrom('', '12', '12.5', 'x'), fc.integer()),
    note: fc.oneof(fc.string({ maxLength: 400 }), fc.constant('')),
  },
  { requiredKeys: [] },
);

const VERDICT = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      ok: fc.constant(true as const),
      sha256: fc.stringMatching(/^[0-9a-f]{2}$/),
      codes: fc.subarray([CASHIER_CODE, DOOR_CODE, FOREIGN_CODE, 'https://elsewhere.example'], { maxLength: 2 }),
      weaknesses: fc.subarray(['dark', 'blurry'] as const),
      usedBefore: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom({ ok: false, reason: 'expired' } as const, { ok: false, reason: 'tooBig' } as const),
  },
);

const input = <T>(name: string, arbitrary: fc.Arbitrary<T>, on: (work: Work, value: T) => Work): fc.Arbitrary<Input> =>
  arbitrary.map((value) => ({ name: `${name} ${JSON.stringify(value)}`, on: (work) => on(work, value) }));

/** Anything a person can tap or send, and anything a new file can say of the task. */
export const INPUT: fc.Arbitrary<Input> = fc.oneof(
  input('photos', fc.array(VERDICT, { minLength: 1, maxLength: 3 }), (work, verdicts) => work.sends(...verdicts)),
  input('form', fc.tuple(FORM, VALUES), (work, [part, values]) => work.fills(part, values)),
  input('open', PART, (work, part) => work.does((now) => open(now, part))),
  input('leaves', fc.nat(12), (work, n) => work.does((now) => photoLeaves(now, now.photos[n]?.photoId ?? ''))),
  input('aside', fc.nat(12), (work, n) => work.does((now) => photoPutAside(now, now.photos[n]?.photoId ?? ''))),
  input('comes', VERDICT, (work, verdict) => {
    const seq = work.inspection.photos.length + 1;
    const photo = { photoId: `moved${seq}/${verdict.ok ? verdict.sha256 : ''}`, seq, at: seq };
    return work.does((now, task) => photoComes(now, task, photo, verdict));
  }),
  input('good', SPOT_REF, (work, spotRef) => work.does((now, task) => spotIsGood(now, task, spotRef))),
  input('tool', TOOL, (work, tool) => work.does((now, task) => chooseTool(now, task, tool))),
  input('onlyAlipay', fc.boolean(), (work, is) => work.does((now, task) => sayOnlyAlipay(now, task, is))),
  input('matches', fc.constant(0), (work) => work.does(everythingMatches)),
  input('after all', fc.constant(0), (work) => work.does(inspectAfterAll)),
  input('leave', fc.constant(0), (work) => work.does(leave)),
  input('back', fc.constant(0), (work) => work.does(back)),
);
