import type { RenderedSign } from '../../protocol/rendered.ts';
import { CardIcon } from './card-icon.tsx';
import { CardImage } from './card-image.tsx';

/** What stands before words; it says nothing that they do not. */
export function Sign({ sign }: { readonly sign: RenderedSign | undefined }) {
  if (sign === undefined) return null;
  return (
    <span class="sign" aria-hidden="true">
      {sign.kind === 'icon' ? (
        <CardIcon name={sign.name} />
      ) : (
        <CardImage url={sign.url} alt={sign.alt} size={sign.size} />
      )}
    </span>
  );
}
