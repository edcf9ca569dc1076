import { useContext } from 'preact/hooks';
import type { RenderedEvent } from '../../protocol/interaction.ts';
import type { RenderedButton } from '../../protocol/page-protocol.ts';
import { reachable } from '../markdown/addresses.ts';
import { opensInside, startEvent } from '../state/card-events.ts';
import { tapKey, waitingTaps } from '../state/taps.ts';
import { CardContext } from './card-context.ts';
import { Sign } from './sign.tsx';

interface ButtonsProps {
  readonly buttons: readonly RenderedButton[];
  /** All in one line, whatever they do. */
  readonly sideBySide?: true | undefined;
}

/** A card's buttons: the next step alone on its line, the others side by side. */
export function Buttons({ buttons, sideBySide }: ButtonsProps) {
  if (buttons.length === 0) return null;
  return (
    <div class={sideBySide ? 'buttons buttons-side-by-side' : 'buttons'}>
      {buttons.map((button) => {
        const control = `${button.label} ${JSON.stringify(button.params)}`;
        return <CardButton key={control} control={control} button={button} />;
      })}
    </div>
  );
}

interface Props {
  readonly button: RenderedButton;
  readonly control: string;
}

function CardButton({ button, control }: Props) {
  const place = useContext(CardContext);
  const classes = `button button-${button.color ?? 'gray'}`;
  const address = button.url === undefined ? undefined : reachable(button.url);
  if (address && !button.disabled) {
    return (
      <a
        class={classes}
        href={address}
        target="_blank"
        rel="noopener noreferrer"
        onClick={(event) => {
          if (opensInside(address, place.viewer)) event.preventDefault();
        }}
      >
        <Sign sign={button.sign} />
        {button.label}
      </a>
    );
  }
  const waiting = waitingTaps.value.has(tapKey(place.outTrackId, control));
  const event = button.event ?? requestOf(button);
  return (
    <button
      type="button"
      class={classes}
      disabled={button.disabled || button.url !== undefined}
      aria-busy={waiting}
      aria-disabled={waiting || undefined}
      onClick={() => event && startEvent(event, { ...place, control })}
    >
      {waiting ? <span class="spinner" aria-hidden="true" /> : <Sign sign={button.sign} />}
      {button.label}
    </button>
  );
}

function requestOf({ actionId, params }: RenderedButton): RenderedEvent | undefined {
  return actionId === '' ? undefined : { kind: 'request', actionId, params, loops: [] };
}
