import type { RenderedInput } from '../../protocol/rendered.ts';
import type { Draw } from './card-context.ts';
import { DateInput } from './inputs/date-input.tsx';
import { ListInput } from './inputs/list-input.tsx';
import { SelectInput } from './inputs/select-input.tsx';
import { TextInput } from './inputs/text-input.tsx';
import { TickInput } from './inputs/tick-input.tsx';

/** An input that stands by itself in a card: it changes a local variable or makes a request as soon as it is used. */
export function CardInput({ input, draw }: { readonly input: RenderedInput; readonly draw: Draw }) {
  switch (input.type) {
    case 'text':
      return <TextInput input={input} />;
    case 'select':
      return <SelectInput input={input} />;
    case 'date':
      return <DateInput input={input} />;
    case 'tick':
      return <TickInput input={input} />;
    case 'list':
      return <ListInput input={input} draw={draw} />;
  }
}
