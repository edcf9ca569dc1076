import { useEffect } from 'preact/hooks';
import type { Entry } from '../../protocol/page-protocol.ts';
import { postRender, RefusedError } from './api.ts';
import { showToast } from './toasts.ts';

/** Asks a card's sources for data when the card is drawn, and as often as it wants while it is to be seen. */
export function useDynamicData({ outTrackId, asksEveryMs }: Entry, viewer: string): void {
  useEffect(() => {
    if (outTrackId === undefined || asksEveryMs === undefined) return undefined;
    const ask = (): void =>
      void postRender(outTrackId, viewer).catch((problem: unknown) => {
        if (!(problem instanceof RefusedError)) throw problem;
        showToast(problem.message);
      });
    ask();
    if (asksEveryMs === 0) return undefined;
    const timer = setInterval(ask, asksEveryMs);
    return () => clearInterval(timer);
  }, [outTrackId, asksEveryMs, viewer]);
}
