import { useEffect, useRef, useState } from 'preact/hooks';
import { MoreIcon } from './icons.tsx';

const ODD = [
  ['dark.jpg', 'A dark close-up'],
  ['no-code.jpg', 'A close-up without a code'],
  ['two-codes.jpg', 'Two codes in one photo'],
  ['foreign-code.jpg', 'A code that is not ours'],
  ['not-an-image.jpg', 'Not a picture at all'],
] as const;

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
        aria-label="Odd sample photos"
        data-testid="sample-more"
        onClick={() => setOpen(!open)}
      >
        <MoreIcon />
      </button>
      {open && (
        <ul class="menu" aria-label="Odd sample photos">
          {ODD.map(([fileName, label]) => (
            <li key={fileName}>
              <button
                type="button"
                data-testid={`sample-${fileName.replace('.jpg', '')}`}
                onClick={() => {
                  onChoose(fileName);
                  close();
                }}
              >
                {label}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
