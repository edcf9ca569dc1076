import { useEffect, useRef, useState } from 'preact/hooks';
import type { Exchange } from '../../protocol/exchange.ts';
import type { Entry } from '../../protocol/page-protocol.ts';
import { entriesOf } from '../state/chats.ts';
import { clearTraffic, inspecting, lookAtTraffic, traffic } from '../state/inspector.ts';
import { timeOfDay } from '../state/message-time.ts';
import { place } from '../state/place.ts';
import { words } from '../state/words.ts';
import { CloseIcon } from './icons.tsx';

const LOOK_EVERY_MS = 1_000;

/** The drawer for developers: frames and calls as they went, and what the cards of the open chat hold. Escape closes it. */
export function Inspector() {
  const [shows, setShows] = useState<'traffic' | 'cards'>('traffic');
  const root = useRef<HTMLElement>(null);
  const text = words.value.inspector;
  useEffect(() => {
    const opener = document.activeElement;
    root.current?.focus();
    void lookAtTraffic();
    const looking = setInterval(() => void lookAtTraffic(), LOOK_EVERY_MS);
    return () => {
      clearInterval(looking);
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  const close = (): void => {
    inspecting.value = false;
  };
  const tab = (name: typeof shows, label: string) => (
    <button type="button" class="quiet-button" aria-pressed={shows === name} onClick={() => setShows(name)}>
      {label}
    </button>
  );
  return (
    <aside
      ref={root}
      class="inspector"
      tabIndex={-1}
      aria-label={text.head}
      data-testid="inspector"
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
    >
      <header class="inspector-head">
        <h2>{text.head}</h2>
        <button type="button" class="icon-button" aria-label={text.close} onClick={close}>
          <CloseIcon />
        </button>
      </header>
      <div class="inspector-tabs">
        {tab('traffic', text.traffic)}
        {tab('cards', text.cards)}
        {shows === 'traffic' && (
          <button type="button" class="quiet-button" onClick={() => void clearTraffic()}>
            {text.clear}
          </button>
        )}
      </div>
      {shows === 'traffic' ? <TrafficList /> : <CardList entries={entriesOf(place.value.conversation)} />}
    </aside>
  );
}

function TrafficList() {
  const text = words.value.inspector;
  if (traffic.value.length === 0) return <p class="inspector-note">{text.none}</p>;
  return (
    <>
      <p class="inspector-note">{text.newest}</p>
      <ol class="inspector-list" data-testid="traffic">
        {traffic.value.toReversed().map((one) => (
          <li key={one.n}>
            <ExchangeItem exchange={one} />
          </li>
        ))}
      </ol>
    </>
  );
}

function ExchangeItem({ exchange }: { readonly exchange: Exchange }) {
  const { kind, at, name, userId, sent, answer, outcome, tookMs } = exchange;
  const text = words.value.inspector;
  return (
    <details>
      <summary>
        <span class={`inspector-kind inspector-${kind}`}>{kind === 'push' ? '↓' : '↑'}</span>
        <span class="hidden">{text.kind[kind]}: </span>
        <code>{name}</code>
        <span class="inspector-about">
          {timeOfDay(at)} {userId} {outcome === undefined ? text.waiting : `${outcome}, ${text.took(tookMs ?? 0)}`}
        </span>
      </summary>
      <Json text={sent} label={text.kind[kind]} />
      {answer !== undefined && (
        <>
          <h3>{text.answer}</h3>
          <Json text={answer} label={text.answer} />
        </>
      )}
    </details>
  );
}

function CardList({ entries }: { readonly entries: readonly Entry[] }) {
  const text = words.value.inspector;
  const cards = entries.filter(({ outTrackId }) => outTrackId !== undefined);
  if (cards.length === 0) return <p class="inspector-note">{text.none}</p>;
  return (
    <>
      <p class="inspector-note">{text.ofThisChat}</p>
      <ol class="inspector-list" data-testid="inspected-cards">
        {cards.toReversed().map((card) => (
          <li key={card.pos}>
            <details>
              <summary>
                <code>{card.outTrackId}</code>
                <span class="inspector-about">
                  {timeOfDay(card.at)} {card.view?.title}
                </span>
              </summary>
              <CardJson card={card} />
            </details>
          </li>
        ))}
      </ol>
    </>
  );
}

/** What a card holds for this person, and its parts as they are drawn. */
function CardJson({ card: { templateId, data, nodes } }: { readonly card: Entry }) {
  return <Json text={JSON.stringify({ templateId, data, nodes }, null, 2)} label={words.value.inspector.cards} />;
}

function Json({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section class="inspector-json" tabIndex={0} aria-label={label}>
      {text}
    </section>
  );
}
