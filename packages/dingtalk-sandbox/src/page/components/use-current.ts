import { useRef, useState } from 'preact/hooks';

/**
 * What somebody makes of a control: `drawn` as it is to be drawn, `now` as it is. What changes several at once, as a browser that fills in does by
 * itself, asks for no drawing between them, so each change begins from `now`, and what is sent is that.
 */
export function useCurrent<Value>(begin: () => Value) {
  const [drawn, draw] = useState(begin);
  const current = useRef(drawn);
  const change = (by: (now: Value) => Value): void => {
    const next = by(current.current);
    current.current = next;
    draw(() => next);
  };
  return { drawn, now: () => current.current, change };
}
