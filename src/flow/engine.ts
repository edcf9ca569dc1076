/** The step-by-step engine: pure functions from a draft to a draft. What others may use of it. */
export { answer, type FormInput } from './answer.ts';
export { type FormRef, formKey, formOf, type ShownForm } from './form.ts';
export { photoIn, photosBeingChecked, spotOf, trayOf } from './lookup.ts';
export { type Known, newDraft } from './new-draft.ts';
export { askToConfirm, type Finding, type Offer, offer } from './offer.ts';
export { back, leave, open } from './open.ts';
export { expectPhoto, keepPhoto, type PhotoVerdict, photoChecked } from './photos.ts';
export { placeOf } from './place.ts';
export { type Progress, progress } from './progress.ts';
export { codeIsWanted, slotsWanted, spotIsComplete } from './screens.ts';
export {
  codeOwnership,
  moveCode,
  type Ownership,
  pickCode,
  typeCode,
  typedCodeKey,
  uncheckedCodes,
  useAnother,
} from './spot-code.ts';
export { addSpot, removeSpot, skipSpot } from './spots.ts';
export { askSameShop, otherStore, sameStore, useStore } from './store-choice.ts';
export {
  type Submission,
  type SubmittedMerchant,
  type SubmittedPhoto,
  type SubmittedSpot,
  type SubmittedStore,
  toSubmission,
} from './submission-facts.ts';
