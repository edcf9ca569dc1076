/** What a Primary POSM is made as (domain A.9). */
export const POSM_FORMS = ['STICKER', 'TABLE_TENT', 'STANDEE', 'ACRYLIC_STAND', 'POSTER', 'HANGER'] as const;
export type PosmForm = (typeof POSM_FORMS)[number];

export function isPosmForm(value: unknown): value is PosmForm {
  return POSM_FORMS.some((form) => form === value);
}
