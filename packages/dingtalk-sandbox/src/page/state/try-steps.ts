import type { Entry } from '../../protocol/page-protocol.ts';
import type { Words } from '../words/en.ts';
import { actionsOf } from './card-actions.ts';

type Hint = Exclude<keyof Words['try'], 'be'>;

/** One of the things that the story has made ready (architecture 9). */
export interface Try {
  /** In the address, `#nok/nok/fix`. */
  readonly name: 'promote' | 'fix' | 'inspect' | 'approve';
  /** Whose phone it is. */
  readonly userId: string;
  /** The card to begin at: the lowest that does the first of these, by routing key. */
  readonly begins: readonly RegExp[];
  /** What to do next, by what the lowest card of the try offers; the first that holds. */
  readonly steps: readonly (readonly [offers: RegExp, hint: Hint])[];
  readonly hint: Hint;
  readonly doneHint: Hint;
  /** Whose phone shows what came of it. */
  readonly thenBe?: string | undefined;
}

export const TRIES: readonly Try[] = [
  {
    name: 'promote',
    userId: 'nok',
    begins: [/^promotion\.answer$/, /^promotion\.(?!view|next)/, /^menu\.open$/],
    steps: [
      [/^promotion\.submit/, 'submit'],
      [/^promotion\.(typeCode|skipSpot)$/, 'sample'],
      [/^promotion\.more$/, 'fill'],
      [/^promotion\.answer$/, 'promoteBegins'],
      [/^promotion\.resume$/, 'resume'],
      [/^menu\.open$/, 'menu'],
    ],
    hint: 'promoteBegins',
    doneHint: 'promoteDone',
  },
  {
    name: 'fix',
    userId: 'nok',
    begins: [/^review\.(cancelModify|resubmit)$/, /^review\.modify$/, /^review\.open$/, /^menu\.open$/],
    steps: [
      [/^review\.resubmit$/, 'fixResend'],
      [/^review\.cancelModify$/, 'sample'],
      [/^review\.modify$/, 'fixOpened'],
    ],
    hint: 'fixBegins',
    doneHint: 'fixDone',
  },
  {
    name: 'inspect',
    userId: 'nok',
    begins: [/^inspection\.(?!tasks)/, /^inspection\.tasks$/, /^menu\.inspections$/, /^menu\.open$/],
    steps: [
      [/^inspection\.submit$/, 'submit'],
      [/^inspection\.(matches|good)$/, 'inspectLook'],
      [/^inspection\.tool$/, 'inspectTool'],
      [/^inspection\.answer$/, 'fill'],
      [/^inspection\.back$/, 'sample'],
      [/^inspection\.open$/, 'inspectTasks'],
      [/^inspection\.tasks$/, 'inspectHome'],
      [/^menu\.inspections$/, 'inspectMenu'],
    ],
    hint: 'inspectBegins',
    doneHint: 'inspectDone',
  },
  {
    name: 'approve',
    userId: 'ploy',
    begins: [/^association\.approve$/, /^team\./, /^menu\.open$/],
    steps: [],
    hint: 'approveBegins',
    doneHint: 'approveDone',
    thenBe: 'mai',
  },
];

/** Where a try is. */
export interface Situation {
  readonly entries: readonly Entry[];
  /** Whether the page marks a sample to be sent. */
  readonly isSampleAsked: boolean;
  readonly isDone: boolean;
}

/** What to do next in a try. */
export function hintOf(one: Try, { entries, isSampleAsked, isDone }: Situation): Hint {
  if (isDone) return one.doneHint;
  const from = begun(one, entries);
  const offered = from === undefined ? [] : actionsOf(from);
  const [, hint] = one.steps.find(([offers]) => offered.some((action) => offers.test(action))) ?? [];
  if (hint === undefined) return one.hint;
  return isSampleAsked ? 'sample' : hint;
}

/** Where a try begins among these entries. */
export function begun({ begins }: Try, entries: readonly Entry[]): Entry | undefined {
  for (const begin of begins) {
    const found = entries.findLast((entry) => actionsOf(entry).some((action) => begin.test(action)));
    if (found) return found;
  }
  return undefined;
}
