import { Fragment } from 'preact';
import { useContext } from 'preact/hooks';
import type { RenderedEvent } from '../../protocol/interaction.ts';
import type { RenderedTableItem } from '../../protocol/rendered.ts';
import { startEvent } from '../state/card-events.ts';
import { tapKey, waitingTaps } from '../state/taps.ts';
import { piecesOf } from '../state/words-apart.ts';
import { Buttons } from './buttons.tsx';
import { CardContext } from './card-context.ts';
import { Sign } from './sign.tsx';

interface Props {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly RenderedTableItem[])[];
}

/** A table; wider than the card, it scrolls inside it. */
export function Table({ columns, rows }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section class="table-frame" tabIndex={0} aria-label="Table">
      <table>
        <thead>
          <tr>
            {columns.map((column, index) => (
              <th key={`${index}-${column}`} scope="col">
                <Pieces text={column} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, rowIndex) => (
            <tr key={`${rowIndex}-${JSON.stringify(row[0])}`}>
              {row.map((item, index) => (
                <td key={`${index}-${JSON.stringify(item)}`}>
                  <Item item={item} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Text of a cell, which is too narrow for lines that end anywhere. */
function Pieces({ text }: { readonly text: string }) {
  return (
    <>
      {piecesOf(text).map((piece, index) => (
        <Fragment key={`${index}-${piece}`}>
          {index > 0 && <wbr />}
          {piece}
        </Fragment>
      ))}
    </>
  );
}

function Item({ item }: { readonly item: RenderedTableItem }) {
  if (typeof item === 'string') return <Pieces text={item} />;
  if ('button' in item) return <Buttons buttons={[item.button]} />;
  const { text, sign, event } = item;
  return (
    <span class="with-sign">
      <Sign sign={sign} />
      {event === undefined ? text : <Words text={text} event={event} />}
    </span>
  );
}

/** Words of a cell that can be tapped. */
function Words({ text, event }: { readonly text: string; readonly event: RenderedEvent }) {
  const place = useContext(CardContext);
  const control = `cell ${text} ${JSON.stringify(event)}`;
  const waiting = waitingTaps.value.has(tapKey(place.outTrackId, control));
  return (
    <button
      type="button"
      class="link-button"
      aria-busy={waiting}
      aria-disabled={waiting || undefined}
      onClick={() => startEvent(event, { ...place, control })}
    >
      {text}
    </button>
  );
}
