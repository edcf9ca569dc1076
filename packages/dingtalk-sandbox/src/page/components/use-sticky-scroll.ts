import { useSignalEffect } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { sendings } from '../state/outgoing.ts';
import { tapsMoved } from '../state/taps.ts';

const NEAR_END_PX = 48;
const MARGIN_PX = 12;
/** What a tap on an older card brings stands below: so long it is gone to when it comes. */
const ANSWER_COMES_MS = 5_000;

interface StickyScroll {
  readonly viewport: RefObject<HTMLElement | null>;
  readonly content: RefObject<HTMLOListElement | null>;
  /** Something came while the person was reading further up. */
  readonly below: boolean;
  readonly toEnd: () => void;
}

/**
 * Keeps a chat at its end while the person is there, and leaves it alone while not. A last entry that is taller than the
 * screen is shown from its top. `newest` is the place of the last entry; `sought` that of one to be shown, anew each time
 * `searches` changes.
 */
export function useStickyScroll(newest: number, sought: number | undefined, searches: number): StickyScroll {
  const viewport = useRef<HTMLElement>(null);
  const content = useRef<HTMLOListElement>(null);
  const atEnd = useRef(true);
  const placedAt = useRef(-1);
  const awaitedUntil = useRef(0);
  const [below, setBelow] = useState(false);

  const toEnd = (): void => {
    atEnd.current = true;
    setBelow(false);
    const frame = viewport.current;
    if (!frame) return;
    const last = content.current?.lastElementChild;
    const tall = last instanceof HTMLElement && last.offsetHeight + MARGIN_PX > frame.clientHeight;
    frame.scrollTop = tall ? last.offsetTop - MARGIN_PX : frame.scrollHeight;
    placedAt.current = frame.scrollTop;
  };

  useEffect(() => {
    const frame = viewport.current;
    const list = content.current;
    if (!frame || !list) return;
    const onScroll = (): void => {
      // Our own placing is not the person leaving the end.
      if (Math.abs(frame.scrollTop - placedAt.current) < 2) return;
      atEnd.current = frame.scrollHeight - frame.scrollTop - frame.clientHeight < NEAR_END_PX;
      if (atEnd.current) setBelow(false);
    };
    // Cards grow in place, pictures load, keyboards open: the end moves without anything new.
    const sizes = new ResizeObserver(() => {
      if (atEnd.current && !frame.querySelector('form :focus')) toEnd();
    });
    sizes.observe(list);
    sizes.observe(frame);
    frame.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      sizes.disconnect();
      frame.removeEventListener('scroll', onScroll);
    };
  }, []);

  useLayoutEffect(() => {
    const asked = performance.now() < awaitedUntil.current;
    if (atEnd.current || asked) toEnd();
    else if (newest >= 0) setBelow(true);
    if (asked) awaitedUntil.current = 0;
  }, [newest]);

  useSignalEffect(() => {
    if (tapsMoved.value > 0) awaitedUntil.current = performance.now() + ANSWER_COMES_MS;
  });

  useLayoutEffect(() => {
    if (sought === undefined) return;
    const frame = viewport.current;
    const entry = content.current?.querySelector(`[data-pos="${sought}"]`);
    if (!frame || !(entry instanceof HTMLElement)) return;
    atEnd.current = sought === newest;
    frame.scrollTop = entry.offsetTop - MARGIN_PX;
    placedAt.current = frame.scrollTop;
  }, [sought, searches]);

  useSignalEffect(() => {
    if (sendings.value > 0) requestAnimationFrame(toEnd);
  });

  return { viewport, content, below, toEnd };
}
