import { BINDING_MOVES, type BindingState } from '../src/domain/binding-state.ts';
import { type Code, type CodePattern, codeHash, codeWithHash } from '../src/domain/code.ts';
import { type FirstOf, statesBefore } from '../src/domain/moves.ts';
import { collection, type RecordOf } from './collection.ts';
import { number, sealedValue, text } from './fields.ts';
import { orRefuse, type Transaction } from './transaction.ts';

const Bindings = collection('bindings', {
  id: 'bindingId',
  fields: {
    /** `codeHash`: SHA-256 of what the code says in full. */
    codeHash: text(),
    codeId: text(),
    /** The code itself; absent where a release before 0.3 bound it. */
    code: sealedValue<Code>().optional(),
    isoId: text(),
    spotId: text(),
    storeId: text(),
    boundBy: text(),
    boundAt: number(),
    method: text<'PHOTO_DECODE' | 'TYPED'>(),
    proofPhoto: text(),
    state: text<BindingState>(),
    releasedAt: number().optional(),
    releasedBy: text().optional(),
  },
  indexes: [[{ codeHash: 1 }, { unique: true, partialFilterExpression: { state: 'ACTIVE' } }], [{ spotId: 1 }]],
});

/** Which Marketing Code stands at which spot. One code is ACTIVE on at most one spot (domain A.12-1). */
export interface Binding extends RecordOf<typeof Bindings> {}

/** The code that is bound, where a pattern is needed to tell: by these. Undefined where none of them makes it. */
export function boundCode(binding: Binding, patterns: readonly CodePattern[]): Code | undefined {
  return binding.code ?? codeWithHash(binding.codeId, binding.codeHash, patterns);
}

/** What a person compares with the sticker. */
export function shortOf({ code, codeId }: Pick<Binding, 'code' | 'codeId'>): string {
  return code?.short ?? codeId.slice(-4);
}

/** Binds a code to a spot; a conflict that is tried again when another spot won the race for it. */
export async function bindCode(
  binding: Omit<Binding, 'state' | 'codeHash' | 'codeId'> & { readonly code: Code },
  tx: Transaction,
): Promise<void> {
  const state: FirstOf<typeof BINDING_MOVES> = 'ACTIVE';
  await orRefuse(
    Bindings.add({ ...binding, codeHash: codeHash(binding.code), codeId: binding.code.codeId, state }, { tx }),
    'subject.lostRace',
  );
}

/** Where a code stands now, whichever ISO it belongs to. */
export async function activeBinding(codeHash: string, tx?: Transaction): Promise<Binding | undefined> {
  return await Bindings.findOne({ codeHash, state: 'ACTIVE' }, { tx });
}

/** Frees a code from its spot, so that it can be bound to another one. */
export async function releaseBinding(bindingId: string, by: string, at: number, tx: Transaction): Promise<void> {
  const released = { state: 'RELEASED', releasedAt: at, releasedBy: by } as const;
  const state = { $in: statesBefore(BINDING_MOVES, 'RELEASED') };
  await Bindings.update({ bindingId, state }, { set: released }, { tx });
}

/** The codes bound to these spots, whatever became of them since. */
export async function bindingsOfSpots(spotIds: readonly string[], tx?: Transaction): Promise<readonly Binding[]> {
  return await Bindings.find({ spotId: { $in: spotIds } }, { tx });
}
