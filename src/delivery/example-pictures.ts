import type { ExampleName } from '../../cards/view.ts';

/** Our example pictures, by name: JPEG files. */
export const EXAMPLES: Readonly<Record<ExampleName, URL>> = {
  storefront: new URL('../../cards/examples/storefront.jpg', import.meta.url),
  context: new URL('../../cards/examples/context.jpg', import.meta.url),
  closeup: new URL('../../cards/examples/closeup.jpg', import.meta.url),
};
