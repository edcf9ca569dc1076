import type { FaceModels, FaceName } from '../../../cards/views.ts';

/** Each of these views in each of its faces. */
export type Faces<Names extends FaceName> = {
  readonly [Name in Names]: Readonly<Record<string, FaceModels[Name]>>;
};
