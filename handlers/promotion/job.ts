import type { JobModel, NoteModel } from '../../cards/promotion/job.ts';
import { TYPE_CODE_FIELDS } from '../../cards/promotion/type-code.ts';
import type { ItemName } from '../../cards/review/item-name.ts';
import type { SpotLabel } from '../../src/domain/spot-label.ts';
import { stepsOf } from '../../src/flow/definition.ts';
import type { Draft, Modification, Note, SpotKey } from '../../src/flow/draft.ts';
import { labelsOf, placeOf, progress, spotOf } from '../../src/flow/engine.ts';
import { answerAs, nameAs, spotAnswerAs } from '../../src/flow/roles.ts';

/** The name on the sign, as far as it is known. */
export function shopName(draft: Draft): string {
  const name = answerAs(draft, 'storeName') ?? draft.prefill[nameAs(draft, 'storeName')];
  return typeof name === 'string' ? name : '';
}

/** `Cashier 1`: a spot by its type and which one of that type it is in this draft. */
export function labelOf(draft: Draft, key: SpotKey): SpotLabel {
  const index = draft.spots.findIndex((spot) => spot.key === key);
  return labelsOf(draft)[index] ?? { spotType: '', number: 1 };
}

/** Whether a spot has a name yet: its place was answered. */
export function isNamed(draft: Draft, key: SpotKey): boolean {
  return (
    draft.modifies !== undefined || spotAnswerAs(draft, spotOf(draft, key)?.answers ?? {}, 'spotType') !== undefined
  );
}

/** What is put right, by the name under which it failed. */
export function modifiedName(draft: Draft, { itemType, label, before }: Modification): ItemName {
  const shop = shopName({ ...draft, answers: before.answers });
  if (itemType === 'STORE' || label === undefined) return { kind: 'store', shop };
  if (itemType === 'SPOT') return { kind: 'spot', shop, spot: label };
  return { kind: 'posm', shop, spot: label, product: draft.flow.product };
}

/** What every card of a promotion says: which shop, which spot, which step, what just happened. */
export function jobOf(draft: Draft): JobModel {
  const { step, of, spot } = progress(draft);
  const { modifies } = draft;
  const place = placeOf(draft);
  const asks = (place.kind === 'form' || place.kind === 'photo') && !place.reopened;
  return {
    product: draft.flow.product,
    step,
    of,
    shop: shopName(draft),
    spot: spot !== undefined && isNamed(draft, spot) ? labelOf(draft, spot) : undefined,
    spotAt: spot === undefined || modifies !== undefined ? undefined : placeOfSpot(draft, spot),
    notes: draft.notes.map(({ code, slot, spot: at, short, typed }) => ({
      code,
      spot: at === undefined ? undefined : labelOf(draft, at),
      slot: slot?.name,
      short,
      typed: typed && typedModel(draft, typed),
    })),
    modifies: modifies && {
      name: modifiedName(draft, modifies),
      asks: asks && modifies.asks.length > 0 ? modifies.asks : undefined,
    },
  };
}

function placeOfSpot({ spots }: Draft, key: SpotKey): JobModel['spotAt'] {
  const index = spots.findIndex((spot) => spot.key === key);
  return index === -1 || spots.length === 1 ? undefined : { number: index + 1, of: spots.length };
}

/** What was typed, with its field as the form defines it. */
function typedModel(draft: Draft, { form, field: name, typed: value }: NonNullable<Note['typed']>): NoteModel['typed'] {
  const [step = ''] = form.split(':');
  const fields = stepsOf(draft).find(({ id }) => id === step)?.fields ?? TYPE_CODE_FIELDS;
  const field = fields.find((one) => one.name === name);
  return field && { step, field, value };
}
