import { AppError } from '@field/kit/errors';
import { z } from 'zod';
import { isSubjectKind } from '../platform/subject.ts';
import type { TapParams, TapUpdate } from '../platform/update.ts';
import { parseJson } from './json.ts';
import { anId, LONGEST, MOST, named, someId } from './lengths.ts';
import { formValues } from './parse-form.ts';

const someParams = z.record(z.string(), z.unknown()).optional().catch(undefined);

const CARD_CALLBACK = z.looseObject({
  type: someId,
  outTrackId: anId,
  userId: anId,
  content: z.unknown().optional(),
  value: z.unknown().optional(),
});

const ACTION = z.looseObject({
  cardPrivateData: z.looseObject({ params: someParams }).optional().catch(undefined),
  params: someParams,
});

/** What our own cards always put in, besides the parameters of the single button. */
const OURS = new Set(['action', 'subject', 'version', 'base', 'form', 'fields', 'extra']);

/**
 * The `data` of a card callback as an update (dingtalk 2.2). A tap whose parameters cannot be read, or that came from a card
 * of somebody else's making, has an empty action; without a card or a person it is `frame.malformed`. `frame` says when it was tapped.
 */
export function parseTap(data: string, frame: { messageId: string; at: number }): TapUpdate {
  const parsed = CARD_CALLBACK.safeParse(parseJson(data));
  if (!parsed.success) throw new AppError('frame.malformed', { reason: 'notATap' });
  const { type, outTrackId, userId, content, value } = parsed.data;
  if (type !== undefined && type !== 'actionCallback') throw new AppError('frame.malformed', { reason: 'notAnAction' });
  const params = actionParams(content) ?? actionParams(value) ?? {};
  return { kind: 'tap', id: named(frame.messageId), at: frame.at, outTrackId, userId, params: tapParams(params) };
}

function actionParams(sent: unknown): Record<string, unknown> | undefined {
  const { data } = ACTION.safeParse(parseJson(sent));
  return data?.cardPrivateData?.params ?? data?.params;
}

function tapParams(params: Record<string, unknown>): TapParams {
  const subject = subjectOf(params.subject);
  const version = countOf(params.version);
  const form = formValues(parseJson(params.form)) ?? formValues(parseJson(params.fields));
  const base = stringsOf(parseJson(params.base));
  const own = stringsOf(Object.fromEntries(Object.entries(params).filter(([key]) => !OURS.has(key))));
  const { round, ...extra } = stringsOf(parseJson(params.extra)) ?? {};
  return {
    action: someId.parse(params.action) ?? '',
    subject,
    version,
    form,
    base,
    round: countOf(round),
    // A card's parameters come together in one variable, since the template is fixed.
    extra: { ...extra, ...own },
  };
}

/** `kind:id`; an id may hold further colons. A kind that there is not is none of ours. */
function subjectOf(params: unknown): TapParams['subject'] {
  const sent = someId.parse(params);
  if (sent === undefined) return undefined;
  const colon = sent.indexOf(':');
  if (colon < 1 || colon === sent.length - 1) return undefined;
  const kind = sent.slice(0, colon);
  return isSubjectKind(kind) ? { kind, id: sent.slice(colon + 1) } : undefined;
}

function countOf(sent: unknown): number | undefined {
  if (typeof sent !== 'number' && (typeof sent !== 'string' || sent.trim() === '')) return undefined;
  const count = Number(sent);
  return Number.isSafeInteger(count) && count >= 0 ? count : undefined;
}

const PARAM = z
  .union([z.string(), z.number(), z.boolean()])
  .transform(String)
  .refine((text) => text.length <= LONGEST.id);

/** Ids and short words by their names; what is longer than any of ours, and what is none, is left out. */
function stringsOf(sent: unknown): Readonly<Record<string, string>> | undefined {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) return undefined;
  return Object.fromEntries(
    Object.entries(sent)
      .slice(0, MOST.params)
      .flatMap(([key, value]) => {
        const text = PARAM.safeParse(value);
        return text.success && key.length <= LONGEST.name ? [[key, text.data]] : [];
      }),
  );
}
