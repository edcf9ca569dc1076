import { type ComponentChildren, createContext } from 'preact';
import type { KeptValues } from '../../protocol/form-values.ts';
import type { LocalTarget } from '../../protocol/interaction.ts';
import type { RenderedNode } from '../../protocol/rendered.ts';
import type { LocalValues } from '../../template/scope.ts';

/** Draws what stands inside a part of a card. */
export type Draw = (nodes: readonly RenderedNode[]) => ComponentChildren;

/** Which card a control belongs to, who is looking at it, and its local variables. */
export interface CardPlace {
  readonly outTrackId: string;
  readonly viewer: string;
  /** What stands in the card's forms, for the next one; undefined while each starts afresh. */
  readonly kept: KeptValues | undefined;
  readonly local: () => LocalValues;
  readonly setLocal: (target: LocalTarget, value: unknown) => void;
}

export const CardContext = createContext<CardPlace>({
  outTrackId: '',
  viewer: '',
  kept: undefined,
  local: () => ({}),
  setLocal: () => undefined,
});
