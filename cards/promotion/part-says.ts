import type { StepId } from '../../src/domain/flows/definition.ts';
import { shownTime } from '../dates.ts';
import { type FieldModel, shownAnswer } from '../form.ts';
import { plainList } from '../short-list.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import { optionText } from '../vocabulary.ts';

/** One thing that a part of a promotion sends, or has sent: it stands in *Check and submit* and, afterwards, on the record. */
export type SaidModel =
  | {
      readonly kind: 'answer';
      readonly step: StepId;
      readonly field: FieldModel;
      readonly value: string | readonly string[];
    }
  | { readonly kind: 'code'; readonly end: string }
  /** How many stand there, and of which kind where that is asked. */
  | {
      readonly kind: 'stands';
      readonly quantity: number;
      readonly form?: { readonly field: FieldModel; readonly value: string } | undefined;
    }
  /** When each photo was sent, milliseconds. */
  | { readonly kind: 'photos'; readonly at: readonly number[] };

/** An answer longer than this is cut: the form has all of it. */
const ANSWER = 60;

/** `Baan Coffee · Silom Rd 12 · Bangkok`, `code …8841 · photos 10:42, 10:43`: as plain text; empty where nothing is there. */
export function saidLine(t: T, says: readonly SaidModel[], timeZone: string): string {
  return says.flatMap((one) => said(t, one, timeZone) || []).join(' · ');
}

function said(t: T, one: SaidModel, timeZone: string): string {
  switch (one.kind) {
    case 'answer': {
      const values = typeof one.value === 'string' ? [one.value] : one.value;
      const shown = values.map((value) => shownAnswer(t, one.field, value));
      return shorten(plainList(t.language, shown), ANSWER);
    }
    case 'code':
      return t('submitted.code', { code: one.end });
    case 'stands':
      return one.form === undefined
        ? t('submitted.count', { quantity: one.quantity })
        : t('submitted.posm', { quantity: one.quantity, kind: optionText(t, one.form.field, one.form.value) });
    case 'photos':
      return photosLine(t, one.at, timeZone);
  }
}

/** `photo 10:42`, `photos 10:42, 10:43`; empty without any. */
export function photosLine(t: T, at: readonly number[], timeZone: string): string {
  const times = at.map((sent) => shownTime(t.language, sent, timeZone));
  return times.length === 0 ? '' : t('part.sent', { count: times.length, times: plainList(t.language, times) });
}
