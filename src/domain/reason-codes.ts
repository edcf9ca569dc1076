/** What a reason asks to be done again; `Modify` asks for this and nothing else. */
export type ModifyPart =
  | 'storeForm'
  | 'consent'
  | 'storefront'
  | 'merchantForm'
  | 'spotForm'
  | 'context'
  | 'closeup'
  | 'code'
  | 'inspection';

/** What of a promotion can be asked for again. */
export type PromotionPart = Exclude<ModifyPart, 'inspection'>;
