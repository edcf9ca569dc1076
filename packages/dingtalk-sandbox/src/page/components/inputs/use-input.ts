import { useContext } from 'preact/hooks';
import type { RenderedInput } from '../../../protocol/rendered.ts';
import { startEvent } from '../../state/card-events.ts';
import { tapKey, waitingTaps } from '../../state/taps.ts';
import { CardContext } from '../card-context.ts';

export type InputOf<Type extends RenderedInput['type']> = Extract<RenderedInput, { type: Type }>;

/** What an input does with a value that was chosen, and whether its last request is still under way. */
export function useInput(input: RenderedInput) {
  const place = useContext(CardContext);
  const { target } = input;
  const control = `input ${input.label} ${JSON.stringify(target)}`;
  const waiting = waitingTaps.value.has(tapKey(place.outTrackId, control));
  const choose = (value: unknown): void => {
    if (target?.kind === 'local') place.setLocal(target.target, value);
    if (target?.kind !== 'request') return;
    const params = target.name === undefined ? target.params : { ...target.params, [target.name]: value };
    startEvent({ kind: 'request', actionId: target.actionId, params, loops: [] }, { ...place, control });
  };
  return { choose, waiting, disabled: input.disabled || target === undefined };
}
