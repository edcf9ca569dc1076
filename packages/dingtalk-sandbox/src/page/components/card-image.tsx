import { useState } from 'preact/hooks';
import { ownImage } from '../markdown/addresses.ts';
import { words } from '../state/words.ts';
import { Picture } from './pictures.tsx';

/** Pictures up to this side are signs and faces, not to be opened. */
const SMALL_PX = 64;

interface Props {
  readonly url: string;
  readonly alt: string;
  readonly size: { readonly width: number; readonly height: number; readonly round: boolean } | undefined;
}

/** A picture of a card: small ones at their own size, the others as wide as the card and to be opened. */
export function CardImage({ url, alt, size }: Props) {
  const address = ownImage(url, location.origin);
  if (size !== undefined && size.width <= SMALL_PX) return <SmallPicture address={address} alt={alt} size={size} />;
  if (!address) return <p class="unknown">{words.value.card.elsewhere}</p>;
  return (
    <div class="card-image" style={size === undefined ? {} : { maxWidth: `${size.width}px` }}>
      <Picture address={address} alt={alt} />
    </div>
  );
}

interface SmallProps {
  readonly address: string | undefined;
  readonly alt: string;
  readonly size: { readonly width: number; readonly height: number; readonly round: boolean };
}

/** A sign or a face; one that is not there leaves its place, with the first letter of its name. */
function SmallPicture({ address, alt, size: { width, height, round } }: SmallProps) {
  const [missing, setMissing] = useState(false);
  const shape = round ? 'small-picture small-picture-round' : 'small-picture';
  if (address === undefined || missing) {
    return (
      <span class={shape} style={{ width: `${width}px`, height: `${height}px` }} aria-hidden="true">
        {width >= 20 ? [...alt][0] : ''}
      </span>
    );
  }
  return <img class={shape} src={address} alt={alt} width={width} height={height} onError={() => setMissing(true)} />;
}
