import type { ViewModels, ViewName } from '../../../cards/registry.ts';

/** Each of these views in each of its faces. */
export type Faces<Names extends ViewName> = {
  readonly [Name in Names]: Readonly<Record<string, ViewModels[Name]>>;
};
