import { useLayoutEffect, useRef } from 'preact/hooks';
import type { KeptValues } from '../../protocol/form-values.ts';
import type { Entry, Person, RenderedNode } from '../../protocol/page-protocol.ts';
import type { RenderedSign } from '../../protocol/rendered.ts';
import { useCardLocals } from '../state/card-locals.ts';
import { useDynamicData } from '../state/dynamic-data.ts';
import { languageOf } from '../state/language.ts';
import { lastTapped, sentForm } from '../state/taps.ts';
import { words } from '../state/words.ts';
import { CardContext } from './card-context.ts';
import { CardNodes } from './card-node.tsx';
import { CardTitle } from './card-title.tsx';
import { Tag } from './tag.tsx';

interface Props {
  readonly entry: Entry;
  readonly viewer: Person;
}

/** A card as its template draws it; it changes in place, and the keyboard stays on it when a tapped control goes. */
export function Card({ entry, viewer }: Props) {
  const root = useRef<HTMLElement>(null);
  const { nodes, local, setLocal } = useCardLocals(entry);
  useDynamicData(entry, viewer.userId);
  const forms = useRef<KeptValues>(new Map());
  const outTrackId = entry.outTrackId ?? '';
  const kept = entry.freshForms ? undefined : forms.current;
  const { title, sign, tags, rest } = headOf(nodes);
  useLayoutEffect(() => {
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (lost && lastTapped.peek() === outTrackId) root.current?.focus({ preventScroll: true });
  }, [entry.seq, outTrackId]);
  useLayoutEffect(() => {
    if (sentForm.peek() !== outTrackId) return;
    showTop(root.current);
    sentForm.value = '';
  }, [entry.seq, outTrackId]);
  return (
    <CardContext.Provider value={{ outTrackId, viewer: viewer.userId, kept, local, setLocal }}>
      <article
        class={title === '' && rest.length === 1 && rest.every(isLine) ? 'card card-line' : 'card'}
        ref={root}
        tabIndex={-1}
        aria-label={title || words.value.card.name}
        lang={languageOf(entry.view?.texts.join(' ') ?? title) ?? languageOf(title)}
        data-testid="card"
      >
        {(title || tags.length > 0) && (
          <header class="card-head">
            {title && <CardTitle title={title} sign={sign} />}
            {tags.map((tag) => (
              <Tag key={tag.text} text={tag.text} color={tag.color} />
            ))}
          </header>
        )}
        <CardNodes nodes={rest} />
      </article>
    </CardContext.Provider>
  );
}

/** What a form was answered with begins on the card's first line, what is wrong with it too: that is in sight. */
function showTop(card: HTMLElement | null): void {
  const frame = card?.closest('.entries');
  if (!card || !frame) return;
  const above = card.getBoundingClientRect().top - frame.getBoundingClientRect().top;
  if (above < 0) frame.scrollTop += above - ABOVE_PX;
}

const ABOVE_PX = 12;

type TagNode = Extract<RenderedNode, { kind: 'tag' }>;

interface Head {
  readonly title: string;
  readonly sign: RenderedSign | undefined;
  readonly tags: readonly TagNode[];
  readonly rest: readonly RenderedNode[];
}

function isLine(node: RenderedNode): boolean {
  return node.kind === 'text' || (node.kind === 'markdown' && !node.streaming);
}

/** The title and the tags that stand with it share one line. */
function headOf(nodes: readonly RenderedNode[]): Head {
  const end = nodes.findIndex((node) => node.kind !== 'header' && node.kind !== 'tag');
  const top = end < 0 ? nodes : nodes.slice(0, end);
  return {
    sign: top.find((node) => node.kind === 'header')?.sign,
    title: top.flatMap((node) => (node.kind === 'header' ? [node.title] : [])).join(' '),
    tags: top.flatMap((node) => (node.kind === 'tag' ? [node] : [])),
    rest: nodes.slice(top.length),
  };
}
