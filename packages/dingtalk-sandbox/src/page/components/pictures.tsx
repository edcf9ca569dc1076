import { useRef } from 'preact/hooks';
import type { Entry } from '../../protocol/page-protocol.ts';
import { words } from '../state/words.ts';
import { CloseIcon } from './icons.tsx';

type Files = NonNullable<Entry['files']>;

/** The pictures and files of a message; a picture opens at full size, Escape closes it. */
export function Pictures({ files }: { readonly files: Files }) {
  return (
    <div class={files.length > 1 ? 'pictures pictures-many' : 'pictures'}>
      {files.map((file, index) => {
        const address = `/sandbox/api/files/${encodeURIComponent(file.downloadCode)}`;
        return file.image ? (
          <Picture key={file.downloadCode} address={address} alt={words.value.card.nth(index + 1, file.fileName)} />
        ) : (
          <a key={file.downloadCode} class="file" href={address} target="_blank" rel="noopener noreferrer">
            {file.fileName}
          </a>
        );
      })}
    </div>
  );
}

interface PictureProps {
  readonly address: string;
  readonly alt: string;
}

/** A small picture that opens large. */
export function Picture({ address, alt }: PictureProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { card } = words.value;
  return (
    <>
      <button
        type="button"
        class="picture"
        aria-label={card.open(alt || card.picture)}
        onClick={() => dialog.current?.showModal()}
      >
        <img src={address} alt={alt} loading="lazy" decoding="async" />
      </button>
      <dialog ref={dialog} class="lightbox" aria-label={alt || card.picture}>
        <button
          type="button"
          class="icon-button lightbox-close"
          aria-label={words.value.page.close}
          onClick={() => dialog.current?.close()}
        >
          <CloseIcon />
        </button>
        <img src={address} alt={alt} loading="lazy" />
      </dialog>
    </>
  );
}
