import type { Code, ForeignKind } from '../domain/code.ts';
import type { FieldName, FlowDefinition, FormPart, SlotName, StepId } from '../domain/flows/definition.ts';
import type { PaymentMode } from '../domain/inspection-rules.ts';
import type { PaymentStanding } from '../domain/payment-standing.ts';
import type { SpotLabel } from '../domain/spot-label.ts';
import type { NoteCode, ProblemCode, Refusal, Weakness } from './codes.ts';

/**
 * Everything a person has told and sent for one promotion, or to put right what failed of one. Plain JSON, but for its flow; no place: where the person
 * stands follows from what is there (`placeOf`). Only the engine makes a new one from an old one.
 */
export interface Draft {
  /** What its product asks by the programme that is worked by, not kept with it: what is asked no more is kept aside with the answers. */
  readonly flow: FlowDefinition;
  /** How its payments stand where the order of work has them verified, not kept with it: what was said of them stands beside it. */
  readonly payments?: PaymentStanding | undefined;
  /** What the bot knows before anything is asked: country, last city, a known shop's facts. Shown, and saved with the form. */
  readonly prefill: Readonly<Partial<Record<FieldName, string>>>;
  /** Set where something that was submitted is put right: the flow is then as much of it as that item has. */
  readonly modifies?: Modification | undefined;
  /** The known shop that was chosen. */
  readonly storeId?: string | undefined;
  /** Known shops that were said to be other ones. */
  readonly otherStores: readonly string[];
  /** What was saved in the steps that come once. */
  readonly answers: Readonly<Partial<Record<StepId, Answers>>>;
  readonly spots: readonly DraftSpot[];
  /** Makes the next spot's key. */
  readonly nextSpot: number;
  /** Every photo that was sent for it, by running number; none is dropped, but one can be moved to other work. */
  readonly photos: readonly DraftPhoto[];
  /** When each field of a form was answered last, by `formKey`: what was tapped before and comes later does not undo it. */
  readonly answeredAt?: Readonly<Record<string, Readonly<Partial<Record<FieldName | 'code', number>>>>> | undefined;
  /** What came after a later answer to the same field: kept as typed, the newest last. */
  readonly overtaken?: readonly Overtaken[] | undefined;
  /** What was typed in a form and not saved, by `formKey`, until that form is saved. */
  readonly typed: Readonly<Record<string, TypedForm>>;
  /** The part that was re-opened, from the summary or by going back. */
  readonly opened?: Opened | undefined;
  /** What the bot asks, oldest first. The first one is the place. */
  readonly questions: readonly Question[];
  /** What just happened, for the next card; cleared by the next answer or tap. */
  readonly notes: readonly Note[];
}

/** What a draft puts right. */
export interface Modification {
  readonly itemRef: string;
  readonly itemType: 'STORE' | 'SPOT' | 'POSM';
  /** The revision that failed. */
  readonly revision: number;
  /** The spot, or the one at which the POSM stands. */
  readonly spotId?: string | undefined;
  /**
   * What is asked for again, of what this item has: names of steps, fields and photos, and `code`. Empty where the reason does not tell:
   * the person chooses.
   */
  readonly asks: readonly string[];
  /** How the spot is called, and the other spots of its shop. */
  readonly label?: SpotLabel | undefined;
  readonly others?: readonly SpotLabel[] | undefined;
  /** Set where the codes that stood there failed by themselves: the serial of the first. Another one must stand there. */
  readonly failedCode?: string | undefined;
  /** Everything as it was submitted, to be seen beside what is new. */
  readonly before: Pick<Draft, 'answers' | 'spots' | 'photos'>;
}

export type AnswerValue = string | number | boolean | readonly string[];
export type Answers = Readonly<Partial<Record<FieldName, AnswerValue>>>;

/** A stable name of a spot within its draft: `s1`. */
export type SpotKey = string;

export interface DraftSpot {
  readonly key: SpotKey;
  readonly answers: Answers;
  readonly code?: SpotCode | undefined;
  /** The second one and so on, where the programme has several at a spot (`codesOf`). */
  readonly furtherCodes?: readonly SpotCode[] | undefined;
  /** Put off until the summary. */
  readonly skipped: boolean;
}

/** How a code came: read in a photo, typed from the sticker, scanned on the page beside the chat. */
export type CodeMethod = 'PHOTO_DECODE' | 'TYPED' | 'H5_SCAN';

export interface SpotCode extends Code {
  readonly method: CodeMethod;
  /** `move`: it stands at another spot of the own ISO and is taken from there on submit. */
  readonly ownership: 'unchecked' | 'free' | 'notOfIso' | 'boundHere' | 'move';
}

/** A place for one photo. */
export interface Slot {
  readonly name: SlotName;
  /** For the slots of a spot. */
  readonly spot?: SpotKey | undefined;
}

export interface DraftPhoto {
  readonly photoId: string;
  /** Running number: the order in which the photos were sent. */
  readonly seq: number;
  /** When it was sent, milliseconds. */
  readonly at: number;
  /** What was asked for when it was sent. */
  readonly aim: Aim;
  readonly where: PhotoWhere;
  /** What was found in it, once it was checked and kept. */
  readonly kept?: KeptPhoto | undefined;
}

export interface Aim {
  readonly step?: StepId | undefined;
  readonly spot?: SpotKey | undefined;
  /** The way of paying that it is of. */
  readonly payment?: PaymentMode | undefined;
  /** The slots it is meant for, whatever stands there: their screen was re-opened, or what stands there is weak. */
  readonly replaces?: readonly Slot[] | undefined;
  /** It was taken for this very slot, whatever is asked meanwhile: it goes there, or nowhere. */
  readonly slot?: Slot | undefined;
  /** It came late: the person had gone on. It goes where it was asked for, or nowhere. */
  readonly past?: true | undefined;
}

export interface KeptPhoto {
  readonly sha256: string;
  /** The codes that count which were read in it. */
  readonly codes: readonly Code[];
  /** Codes that nobody knows, where none counts: one of them may be the code of its spot. */
  readonly unknown?: readonly Code[] | undefined;
  /** What all QR codes in it say that count for nothing so far, as they are. Absent where a release before 0.3 kept it. */
  readonly others?: readonly string[] | undefined;
  /** Whether one of them is known not to count, and as what. */
  readonly foreign: boolean;
  readonly says?: ForeignKind | undefined;
  readonly weaknesses: readonly Weakness[];
  /** The person keeps it in spite of them. */
  readonly accepted: boolean;
}

/** A photo is in exactly one of these places. */
export type PhotoWhere =
  | { readonly kind: 'checking' }
  | { readonly kind: 'slot'; readonly slot: Slot }
  /** Kept, not needed so far; fills the next slot that opens. */
  | { readonly kind: 'tray' }
  /** A question about it is open. */
  | { readonly kind: 'asked' }
  /** Was in a slot, or meant for one, and is not used. */
  | {
      readonly kind: 'setAside';
      readonly why:
        | 'replaced'
        | 'foreign'
        | 'codeTaken'
        | 'spotRemoved'
        | 'usedBefore'
        | 'repeated'
        | 'late'
        | 'notThisShop';
    }
  | { readonly kind: 'refused'; readonly why: Refusal };

/** An answer that a later one had overtaken when it came. */
export interface Overtaken {
  /** `formKey`. */
  readonly form: string;
  readonly field: FieldName | 'code';
  readonly typed: RawValue;
  /** When it was tapped, milliseconds. */
  readonly at: number;
}

export interface TypedForm {
  readonly values: RawValues;
  readonly problems: readonly Problem[];
}

/** A form's values as text, as a card shows and returns them. */
export type RawValues = Readonly<Partial<Record<FieldName, RawValue>>>;
export type RawValue = string | readonly string[];

export interface Problem<Field extends string = FieldName> {
  readonly code: ProblemCode;
  readonly field?: Field | undefined;
  readonly limit?: number | undefined;
}

export interface Note {
  readonly code: NoteCode;
  readonly photoId?: string | undefined;
  readonly slot?: Slot | undefined;
  readonly spot?: SpotKey | undefined;
  /** The last four of a code; of several at a spot as `shortOf` says them. */
  readonly short?: string | undefined;
  /** What was typed, and for which field. */
  readonly typed?: Pick<Overtaken, 'form' | 'field' | 'typed'> | undefined;
}

/** A part that a person can open: a form, a screen for photos, typing a code, the list of parts. */
export type Part =
  | { readonly kind: 'form'; readonly step: StepId; readonly spot?: SpotKey | undefined; readonly part: FormPart }
  | {
      readonly kind: 'photos';
      readonly step: StepId;
      readonly spot?: SpotKey | undefined;
      readonly slot?: SlotName | undefined;
    }
  | { readonly kind: 'typeCode'; readonly spot: SpotKey }
  | { readonly kind: 'payments' }
  | { readonly kind: 'change' };

export interface Opened {
  readonly part: Part;
  readonly by: 'person' | 'back';
  /** Something was missing in it when it was opened: it closes when nothing is. */
  readonly lacked: boolean;
  /** Slots that were filled since it was opened. */
  readonly renewed: readonly SlotName[];
  /** The questions (`questionKey`) that were put off by opening it. */
  readonly deferred: readonly string[];
}

export type Question =
  | {
      readonly kind: 'twoCodes';
      readonly photoId: string;
      readonly spot: SpotKey;
      readonly codes: readonly Code[];
    }
  | {
      readonly kind: 'codeBoundHere';
      readonly spot: SpotKey;
      readonly code: Code;
      readonly at: BoundAt;
    }
  | {
      readonly kind: 'weakPhoto';
      readonly photoId: string;
      readonly slot: Slot;
      readonly weaknesses: readonly Weakness[];
    }
  | { readonly kind: 'sameShop'; readonly stores: readonly KnownStore[] }
  | { readonly kind: 'confirmDoubts' };

/** Where a code of the own ISO stands: `Baan Coffee, Cashier 1 (Lek, 3 May)`. */
export interface BoundAt {
  readonly store: string;
  readonly spotType: string;
  readonly number: number;
  readonly by: string;
  /** Milliseconds. */
  readonly at: number;
}

/** A shop that was promoted before: `Baan Coffee, Silom Rd 12, promoted 3 May by Lek`. */
export interface KnownStore {
  readonly storeId: string;
  readonly name: string;
  readonly address: string;
  readonly by: string;
  /** Milliseconds. */
  readonly at: number;
}

/** Where the person stands: what the next card asks. */
export type Place =
  | {
      readonly kind: 'form';
      readonly step: StepId;
      readonly spot?: SpotKey | undefined;
      readonly part: FormPart;
      readonly reopened: boolean;
      /** Saved, and the promotion cannot go on like this: the shop takes no Alipay+ yet. */
      readonly blocked?: 'storeNotAccepting' | undefined;
    }
  | {
      readonly kind: 'photo';
      readonly step: StepId;
      readonly spot?: SpotKey | undefined;
      /** What is still wanted; on a re-opened screen, what can be replaced. */
      readonly wanted: readonly SlotName[];
      /** Whether the spot's code is still to be read or typed. */
      readonly codeWanted: boolean;
      readonly reopened: boolean;
    }
  | { readonly kind: 'typeCode'; readonly step: StepId; readonly spot: SpotKey }
  | {
      readonly kind: 'question';
      readonly question: Question;
      readonly step: StepId;
      readonly spot?: SpotKey | undefined;
    }
  /** Payments are verified, or did not work and keep from going on. */
  | { readonly kind: 'payments'; readonly step: StepId }
  | { readonly kind: 'change' }
  | { readonly kind: 'summary' };

/** What came of an input: the new draft (the same object when nothing changed), and why something was not taken. */
export interface Outcome {
  readonly draft: Draft;
  readonly problems: readonly Problem[];
}
