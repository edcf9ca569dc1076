import { type ComponentChildren, createContext } from 'preact';
import type { LocalTarget } from '../../protocol/interaction.ts';
import type { RenderedNode } from '../../protocol/rendered.ts';
import type { LocalValues } from '../../template/scope.ts';

/** Draws what stands inside a part of a card. */
export type Draw = (nodes: readonly RenderedNode[]) => ComponentChildren;

/** Which card a control belongs to, who is looking at it, and its local variables. */
export interface CardPlace {
  readonly outTrackId: string;
  readonly viewer: string;
  readonly local: () => LocalValues;
  readonly setLocal: (target: LocalTarget, value: unknown) => void;
}

export const CardContext = createContext<CardPlace>({
  outTrackId: '',
  viewer: '',
  local: () => ({}),
  setLocal: () => undefined,
});
