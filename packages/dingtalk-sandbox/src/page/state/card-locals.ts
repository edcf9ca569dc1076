import { useRef, useState } from 'preact/hooks';
import type { LocalTarget } from '../../protocol/interaction.ts';
import { mediaAddress } from '../../protocol/media-address.ts';
import type { Entry } from '../../protocol/page-protocol.ts';
import type { RenderedNode } from '../../protocol/rendered.ts';
import { type CardData, isRecord } from '../../template/card-data.ts';
import { renderCard } from '../../template/render.ts';
import type { LocalValues } from '../../template/scope.ts';
import type { Json } from '../../template/template.ts';
import { templateOf, templates } from './templates.ts';

export interface CardLocals {
  /** The values as they are now, not as they were drawn. */
  readonly local: () => LocalValues;
  readonly setLocal: (target: LocalTarget, value: unknown) => void;
  readonly nodes: readonly RenderedNode[];
}

/**
 * A card with its local variables: they live here, are empty when the card comes, and are gone when the chat is left
 * (DingTalk: public, private and local data). Once there are any, the card is drawn here rather than by the sandbox.
 */
export function useCardLocals(entry: Entry): CardLocals {
  const outTrackId = entry.outTrackId ?? '';
  const latest = useRef<LocalValues>({});
  const [local, show] = useState<LocalValues>(latest.current);
  const template = templates.value.get(outTrackId);
  const setLocal = ({ variable, key }: LocalTarget, value: unknown): void => {
    const before = latest.current[variable];
    const others = isRecord(before) ? before : {};
    const next = key === undefined ? value : { ...others, [key]: value };
    latest.current = { ...latest.current, [variable]: next as Json };
    void templateOf(outTrackId).then(() => show(latest.current));
  };
  const drawnHere = template !== undefined && Object.keys(local).length > 0;
  const nodes = drawnHere
    ? renderCard(template, (entry.data ?? {}) as CardData, mediaAddress, local)
    : (entry.nodes ?? []);
  return { local: () => latest.current, setLocal, nodes };
}
