import { useEffect, useRef, useState } from 'preact/hooks';
import { words } from '../state/words.ts';
import { MoreIcon } from './icons.tsx';

const ODD = ['dark', 'no-code', 'two-codes', 'foreign-code', 'not-an-image'] as const;

/** Pictures that go wrong in a shop, to see what the bot makes of them. */
export function OddSamples({ onChoose }: { readonly onChoose: (fileName: string) => void }) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return;
    root.current?.querySelector<HTMLElement>('.menu button')?.focus();
    const onPress = (event: PointerEvent): void => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', onPress);
    return () => document.removeEventListener('pointerdown', onPress);
  }, [open]);
  const close = (): void => {
    setOpen(false);
    opener.current?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only listens for Escape from the buttons inside
    <div
      class="odd"
      ref={root}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && open) close();
      }}
    >
      <button
        ref={opener}
        type="button"
        class="sample sample-more"
        aria-expanded={open}
        aria-label={words.value.samples.odd}
        data-testid="sample-more"
        onClick={() => setOpen(!open)}
      >
        <MoreIcon />
      </button>
      {open && (
        <ul class="menu" aria-label={words.value.samples.odd}>
          {ODD.map((name) => (
            <li key={name}>
              <button
                type="button"
                data-testid={`sample-${name}`}
                onClick={() => {
                  onChoose(`${name}.jpg`);
                  close();
                }}
              >
                {words.value.samples[name]}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
