import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type T, translator } from '../../cards/text.ts';
import { type FaceModels, type FaceName, render } from '../../cards/views.ts';
import { drawnDraft } from '../../handlers/promotion/draw-draft.ts';
import type { LoadedView } from '../../src/delivery/render-cards.ts';
import type { FlowDefinition } from '../../src/domain/flows/definition.ts';
import { LANGUAGES } from '../../src/domain/languages.ts';
import { isHeld } from '../../src/flow/definition.ts';
import type { Draft } from '../../src/flow/draft.ts';
import { limitsOf, offer, toSubmission } from '../../src/flow/engine.ts';
import { readAgain } from '../../src/flow/read-again.ts';
import { newInspection } from '../../src/inspection/inspection.ts';
import { flowOfProduct } from '../../src/programme/flow-of-product.ts';
import { INPUT, type Input } from '../flow/inputs.ts';
import { emptyDraft } from '../flow/shop.ts';
import { BOTH_IN_ONE_FLOW, ON_BOTH_SIDES_FLOW } from '../flow/two-code-flows.ts';
import {
  MARKETING_CODE_FLOW,
  PRIMARY_POSM_FLOW,
  programmeOf,
  SHIPPED_INSPECTION,
  SHIPPED_PROGRAMMES,
  SHIPPED_WORDS,
  withoutCity,
} from '../support/shipped-programme.ts';

/** What a product may ask after one change of the programme or another, all under the same name. */
const FLOWS: readonly FlowDefinition[] = [
  MARKETING_CODE_FLOW,
  flowOfProduct(programmeOf(withoutCity()), 'MARKETING_CODE', 'plain'),
  BOTH_IN_ONE_FLOW,
  ON_BOTH_SIDES_FLOW,
  // its codes are gone, and it asks what another product does
  { ...PRIMARY_POSM_FLOW, product: 'MARKETING_CODE' },
  { ...MARKETING_CODE_FLOW, isOffered: false },
  // steps in another order, without a photo of the shop, and one spot at most
  {
    ...MARKETING_CODE_FLOW,
    spotsPerStore: 1,
    steps: MARKETING_CODE_FLOW.steps.toReversed().map((step) => (step.id === 'store' ? { ...step, slots: [] } : step)),
  },
  // in the other orders of work, switched in the middle of it
  flowOfProduct(SHIPPED_PROGRAMMES.current().programme, 'MARKETING_CODE', 'verify-then-deploy'),
  flowOfProduct(SHIPPED_PROGRAMMES.current().programme, 'MARKETING_CODE', 'deploy-then-verify'),
  // as an earlier release took it: its code is in no photo
  {
    ...MARKETING_CODE_FLOW,
    steps: MARKETING_CODE_FLOW.steps.map((step) => ({
      ...step,
      slots: step.slots.map((slot) => ({ ...slot, showsCode: false })),
    })),
  },
  // the product is gone
  { ...MARKETING_CODE_FLOW, isOffered: false, steps: MARKETING_CODE_FLOW.steps.slice(-1) },
];

const SWITCH: fc.Arbitrary<Input> = fc.nat(FLOWS.length - 1).map((at) => ({
  name: 'apply',
  on: (draft) => readAgain({ ...draft, flow: FLOWS[at] ?? MARKETING_CODE_FLOW }),
  toString: () => `apply ${at}`,
}));
const SEQUENCE = fc.array(fc.oneof({ weight: 1, arbitrary: SWITCH }, { weight: 4, arbitrary: INPUT }), {
  minLength: 2,
  maxLength: 40,
});
const TRANSLATORS = LANGUAGES.map((language) => translator(language, SHIPPED_WORDS));

it('over any changes of the programme and any inputs no draft loses an answer, a photo or a code, and can be submitted exactly when it says so', () => {
  fc.assert(
    fc.property(SEQUENCE, (inputs) => {
      let draft = emptyDraft();
      for (const input of inputs) {
        const next = isHeld(draft) && input.name !== 'apply' ? draft : input.on(draft);
        if (input.name !== 'leaves') expect(lostPhotos(draft, next)).toEqual([]);
        if (input.name === 'apply') expect(said(next)).toEqual(said(draft));
        const { canSubmit, missing, violations, waiting } = offer(next);
        const isWhole = [missing, violations, waiting].every(({ length }) => length === 0);
        expect(canSubmit).toBe(isWhole && !isHeld(next));
        expect(toSubmission(next) !== undefined).toBe(missing.length === 0);
        draft = next;
      }
    }),
    { numRuns: 150, seed: 20261128 },
  );
});

it('over any of them every card is drawn in every language', () => {
  fc.assert(
    fc.property(SEQUENCE, (inputs) => {
      let draft = emptyDraft();
      for (const input of inputs) {
        if (!isHeld(draft) || input.name === 'apply') draft = input.on(draft);
        if (isHeld(draft)) continue;
        for (const t of TRANSLATORS) {
          const { title, body = [] } = view(cardOf(draft), t);
          expect([title, ...body].join('')).not.toBe('');
          expect([title, ...body].join('')).not.toMatch(/undefined|\[object/);
        }
      }
    }),
    { numRuns: 60, seed: 20261128 },
  );
});

/** What was answered and which codes were read, whether it is asked for now or not. */
function said({ answers, spots }: Draft) {
  const codes = spots.map(({ code, furtherCodes = [] }) => [code, ...furtherCodes].map((one) => one?.codeId));
  return { answers, spots: spots.map((spot) => spot.answers), codes };
}

function lostPhotos(before: Draft, after: Draft): readonly string[] {
  const there = new Map(after.photos.map(({ photoId, kept }) => [photoId, kept?.sha256]));
  return before.photos
    .filter(({ photoId, kept }) => !there.has(photoId) || (kept !== undefined && there.get(photoId) !== kept.sha256))
    .map(({ photoId }) => photoId);
}

function cardOf(draft: Draft): LoadedView {
  return drawnDraft(draft, {
    timeZone: 'Asia/Bangkok',
    limits: limitsOf(draft),
    known: [],
    payments: {
      inspection: newInspection(),
      assignment: { spots: [], acceptsOnlyAlipay: false, onlyPayments: true, ...SHIPPED_INSPECTION },
      programme: SHIPPED_PROGRAMMES.current(),
      countryRegion: 'TH',
      account: undefined,
      ask: undefined,
    },
  });
}

function view<Face extends FaceName>({ name, model }: { name: Face; model: FaceModels[Face] }, t: T) {
  return render(name, model, t);
}
