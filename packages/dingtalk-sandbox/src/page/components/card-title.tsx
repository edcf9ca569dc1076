import type { RenderedSign } from '../../protocol/rendered.ts';
import { Sign } from './sign.tsx';

interface Props {
  readonly title: string;
  readonly sign: RenderedSign | undefined;
}

/** A title with its picture. */
export function CardTitle({ title, sign }: Props) {
  return (
    <h2 class={sign === undefined ? 'card-title' : 'card-title with-sign'}>
      <Sign sign={sign} />
      {title}
    </h2>
  );
}
