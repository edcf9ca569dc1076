import { openDraftsOfProduct, type StoredDraft } from '../../models/drafts.ts';
import { countFailuresFor } from '../../models/item-queries.ts';
import { countOpenTasks } from '../../models/task-lists.ts';
import type { Change } from '../programme/changes.ts';

/** What is under way and meets a change. Nothing of it is lost: what is no longer asked is kept aside. */
export interface Touched {
  /** Open drafts of each product that is changed, by its name. */
  readonly drafts: readonly { readonly product: string; readonly open: number }[];
  /** Fields and photos that are asked no more, though open drafts have them. */
  readonly keptAside: readonly { readonly product: string; readonly part: string; readonly drafts: number }[];
  /** Failures that can be put right and have a reason that is changed; they go on under the words that they were given under. */
  readonly failures: number;
  /** Inspection tasks that are not over, where payments or inspections are changed. */
  readonly tasks: number;
}

const AT_ONCE = 200;

/** Counts what these changes meet. */
export async function touchedBy(changes: readonly Change[], now: number): Promise<Touched> {
  const products = namesAt(changes, 'products');
  const drafts: { product: string; open: number }[] = [];
  const keptAside: { product: string; part: string; drafts: number }[] = [];
  for (const product of products) {
    const gone = removedParts(changes, product);
    const counts = new Map<string, number>();
    let open = 0;
    for await (const { draft } of openDrafts(product)) {
      open += 1;
      for (const part of gone) if (has(draft, part)) counts.set(part.name, (counts.get(part.name) ?? 0) + 1);
    }
    drafts.push({ product, open });
    for (const [part, count] of counts) keptAside.push({ product, part, drafts: count });
  }
  const reasons = namesAt(changes, 'reasons');
  const meetsTasks = changes.some(({ path: [first = ''] }) => first === 'payments' || first === 'inspection');
  return {
    drafts,
    keptAside,
    failures: reasons.length === 0 ? 0 : await countFailuresFor(reasons, now),
    tasks: meetsTasks ? await countOpenTasks() : 0,
  };
}

function namesAt(changes: readonly Change[], first: string): readonly string[] {
  const names = changes.flatMap(({ path: [of, name] }) => (of === first && name !== undefined ? [name] : []));
  return [...new Set(names)].filter((name) => name !== 'order');
}

async function* openDrafts(product: string): AsyncGenerator<StoredDraft> {
  for (let skip = 0; ; skip += AT_ONCE) {
    const page = await openDraftsOfProduct(product, { skip, limit: AT_ONCE });
    yield* page;
    if (page.length < AT_ONCE) return;
  }
}

interface Part {
  readonly kind: 'fields' | 'slots';
  readonly step: string;
  readonly name: string;
}

/** Fields and photos of a product that are there no more; all of a step that is gone is told by the step. */
function removedParts(changes: readonly Change[], product: string): readonly Part[] {
  return changes.flatMap(({ kind, path }): readonly Part[] => {
    const [first, of, steps, step = '', part, name = ''] = path;
    if (kind !== 'removed' || first !== 'products' || of !== product || steps !== 'steps' || path.length !== 6)
      return [];
    return part === 'fields' || part === 'slots' ? [{ kind: part, step, name }] : [];
  });
}

function has(draft: StoredDraft['draft'], { kind, step, name }: Part): boolean {
  if (kind === 'slots') return draft.photos.some(({ where }) => isIn(where, name));
  const once: readonly object[] = Object.entries(draft.answers).flatMap(([of, answers]) =>
    of === step && answers !== undefined ? [answers] : [],
  );
  return [...once, ...draft.spots.map(({ answers }) => answers)].some((answers) => Object.hasOwn(answers, name));
}

function isIn(where: object, name: string): boolean {
  const slot: unknown = 'slot' in where ? where.slot : undefined;
  return slot instanceof Object && 'name' in slot && slot.name === name;
}
