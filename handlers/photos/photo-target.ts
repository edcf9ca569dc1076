import type { CaptureAskModel } from '../../cards/capture/asks.ts';
import type { CaptureFormModel } from '../../cards/capture/forms.ts';
import type { CardLine } from '../../models/cards.ts';
import type { Context, WorkingContent } from '../../src/bot/context.ts';
import type { PhotoVerdict } from '../../src/flow/engine.ts';
import type { Subject } from '../../src/platform/subject.ts';
import { sameSubject } from './current-work.ts';
import type { MovesPhotos } from './moves-photos.ts';
import { namedShop } from './named-shop.ts';
import type { Asking, FilledForm, PhotoWork, ScannedCode, SentPhoto } from './photo-work.ts';
import { sayBelow } from './say-below.ts';

/** What was made of photos that have just come. */
export interface Expected {
  readonly about: Subject;
  readonly isoId: string;
  /** The running number of the first of them. */
  readonly firstSeq: number;
  /** What the working card shows below them. */
  readonly content: Pick<WorkingContent, 'view' | 'subject'>;
}

/** What the working card shows once something that is no photo was taken on the page beside the chat. */
export interface Taken {
  readonly content: Pick<WorkingContent, 'view' | 'subject' | 'line'>;
  /** A form that is open on that card asks for what has just been filled in. */
  readonly evenForm: boolean;
}

/** Something that photos can be sent for. One implementation for each kind of subject that can be the current work. */
export interface PhotoTarget extends MovesPhotos {
  /** Whose it is not, nor was when something was sent for it (`sentAt`), and what is not there, is undefined. */
  find(asking: Asking, subjectId: string, sentAt?: number): Promise<PhotoWork | undefined>;
  /** Reserves a place for each photo, the one that was asked for when it was sent; undefined when it has ended. */
  expect(ctx: Context, subjectId: string, photos: readonly SentPhoto[]): Promise<Expected | undefined>;
  /** Applies what the check of one photo found, in the order in which the photos were sent. */
  checked(ctx: Context, subjectId: string, photo: SentPhoto, verdict: PhotoVerdict): Promise<void>;
  /** Everything that may be taken for it at once, in any order; nothing where it has ended. */
  asks(asking: Asking, subjectId: string): Promise<readonly CaptureAskModel[]>;
  /** Every form that can be filled in beside them, in any order. */
  forms(asking: Asking, subjectId: string): Promise<readonly CaptureFormModel[]>;
  /** Takes a code that was scanned; undefined where it has ended or no code is asked for there. */
  scanned(ctx: Context, subjectId: string, scan: ScannedCode): Promise<Taken | undefined>;
  /** Takes a form as the chat's own; undefined where it has ended or there is no such form. */
  filledIn(ctx: Context, subjectId: string, form: FilledForm): Promise<Taken | undefined>;
}

/** By then a person has put the phone away: only a new card makes it speak. */
const LATE_MS = 10_000;

/**
 * Brings what was found about a photo to the person: a card with a pending move is drawn with it then; one with an open form
 * stays and a line below it says what was not taken; any other is redrawn, or, where that was not taken and is told late, moved below.
 * Of what is not in hand any more only a line says that something was not taken.
 */
export function showChecked(
  ctx: Context,
  about: { readonly subject: Subject; readonly shop: string },
  { at }: SentPhoto,
  notTaken: CardLine | undefined,
): void {
  const { subject, shop } = about;
  if (!sameSubject(ctx.person.currentWork, subject)) {
    if (notTaken !== undefined) sayBelow(ctx, { key: 'line.photoNotTaken', args: namedShop(shop) });
    ctx.touch(subject);
    return;
  }
  const isShown = sameSubject(ctx.card?.subject, subject);
  const isLate = isShown && ctx.dingTalkNow - at > LATE_MS;
  if (notTaken !== undefined && (isLate || ctx.person.move !== undefined || ctx.card?.formOpen === true)) {
    const photos = ctx.person.move === undefined ? 0 : -1;
    ctx.moveBelow({ afterMs: 0, evenForm: false, photos, belowForm: notTaken });
  }
  // a card that is about to move is drawn anew below; redrawing the old one first would cost a call for nothing
  if (ctx.person.move === undefined) ctx.touch(subject);
}
