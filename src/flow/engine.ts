/** The step-by-step engine: pure functions from a draft to a draft. What others may use of it. */
export { aimAt, aimOf, sameAim } from './aim.ts';
export { answer, type FormInput } from './answer.ts';
export { notesRead } from './change.ts';
export { type FormRef, fieldsOfForm, formKey, formOf } from './form.ts';
export { formAsks } from './form-asks.ts';
export { isFormOvertaken } from './in-turn.ts';
export { codesIn, labelsOf, photoIn, photosBeingChecked, spotOf } from './lookup.ts';
export { canResubmit, changesOf, type FailedItem, failedCodes, modificationOf } from './modification.ts';
export {
  photoComes,
  photoLeaves,
  photoPutAside,
  photosThatMayLeave,
  type Received,
  receivedAs,
} from './move-photos.ts';
export { newDraft } from './new-draft.ts';
export { askToConfirm, doubtsToAsk, type Finding, limitsOf, type Offer, offer } from './offer.ts';
export { back, leave, open } from './open.ts';
export { type AskSays, aimAtSlot, type PhotoAsk, photoAsks } from './photo-asks.ts';
export { expectPhoto, isNews, keepPhoto, type PhotoVerdict, photoChecked, photoUsedElsewhere } from './photos.ts';
export { placeOf } from './place.ts';
export { progress } from './progress.ts';
export {
  codeOwnership,
  moveCode,
  type Ownership,
  pickCode,
  scanCode,
  typeCode,
  typedCodeKey,
  uncheckedCodes,
  useAnother,
} from './spot-code.ts';
export { addSpot, removeSpot, skipSpot } from './spots.ts';
export { askSameShop, otherStore, sameStore, useStore } from './store-choice.ts';
export {
  type Submission,
  type SubmittedCode,
  type SubmittedPhoto,
  type SubmittedSpot,
  toRevisedSpot,
  toRevisedStore,
  toSubmission,
} from './submission-facts.ts';
