import type { Action } from '../../../cards/actions.ts';
import { SUBJECT_KINDS } from '../../../src/platform/subject.ts';
import type { Chance } from '../chaos/chance.ts';
import { EMAILS, type Forger, PEOPLE } from './cast.ts';
import type { SeenTap } from './seen-taps.ts';

/** A tap as it goes into DingTalk's frame. */
export interface ForgedTap {
  readonly outTrackId: string;
  readonly userId: Forger;
  readonly actionId: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** What a forger has to forge with. */
export interface Loot {
  /** What stands on the cards of others. */
  readonly seen: readonly SeenTap[];
  /** What stood on the forger's own cards before they lost what they were. */
  readonly kept: readonly SeenTap[];
  /** What can be tapped on the forger's own cards at this moment. */
  readonly own: readonly SeenTap[];
  /** Ids of whatever is stored. */
  readonly ids: readonly string[];
  /** A card of everybody's. */
  readonly cards: readonly string[];
}

/** Half of what is forged is what the card of somebody says, as it stands there: nothing but whose it is is wrong with it. */
const AS_SEEN = 0.5;
/** Of what a card from before says, too, so often it is that card. */
const AS_KEPT = 0.5;
const MOST_WRONG = 3;
const WRONG_TEXTS =
  '0 -1 1 999999999999999999999 NaN true null __proto__ constructor toString person:nok nok admin1 ploy'.split(' ');
const WRONG: readonly unknown[] = [
  '',
  ' ',
  'x'.repeat(60_000),
  '\u200b\u2060',
  '\u0000',
  '*<b>[x](y)',
  '👩‍👩‍👧',
  0,
  1,
  -1,
  1e308,
  true,
  false,
  null,
  [],
  [[]],
  ['nok'],
  {},
  { value: 'nok' },
  { $gt: '' },
  { toString: 'x' },
  ...WRONG_TEXTS,
];
const ROOTS = ['subject', 'version', 'form', 'base', 'extra'] as const;
const WORDS = 'No. lotus-7 NOT_FOUND TH MARKETING_CODE ALIPAY yes pause remove th nok kwan bee sup'.split(' ');
const SAID = [
  'It was there',
  ...WORDS,
  ...Object.values(EMAILS),
  ...Object.values(PEOPLE).map(({ phone }) => `+66${phone}`),
];

/** One forged tap with this action. */
export function forge(forger: Forger, action: Action, loot: Loot, chance: Chance): ForgedTap {
  const withIt = (taps: readonly SeenTap[]) => taps.filter((tap) => tap.action === action);
  const ofOthers = withIt(loot.seen);
  const before = chance.happens(AS_KEPT) ? chance.oneOf(withIt(loot.kept)) : undefined;
  const tap = before ?? chance.oneOf([...ofOthers, ...ofOthers, ...withIt(loot.own)]) ?? madeUp(action, loot, chance);
  const filled = { ...tap.params, ...formOf(tap, loot, chance) };
  const params = chance.happens(AS_SEEN) ? filled : spoilt(filled, loot, chance);
  return { outTrackId: cardOf(tap, loot, chance), userId: forger, actionId: tap.actionId, params };
}

/** The forger's own card, the very card of somebody, any card, or none. */
function cardOf({ outTrackId }: SeenTap, { own, cards }: Loot, chance: Chance): string {
  const roll = chance.whole(1, 100);
  const mine = own.at(-1)?.outTrackId;
  if (roll <= 60) return mine ?? outTrackId;
  if (roll <= 75) return outTrackId;
  if (roll <= 97) return chance.oneOf(cards) ?? outTrackId;
  return 'card-of-nobody';
}

/** What was never seen is put together of parts of what was. */
function madeUp(action: Action, loot: Loot, chance: Chance): SeenTap {
  const parts = [...loot.seen, ...loot.own];
  const ofKind = parts.filter((tap) => tap.action.split('.')[0] === action.split('.')[0]);
  const like = chance.oneOf(ofKind.length > 0 ? ofKind : parts);
  const subject = chance.happens(0.5) ? like?.params.subject : subjectOf(loot, chance);
  const other = chance.oneOf(parts);
  const extra = { ...extraOf(other), ...extraOf(like) };
  return {
    of: 'nobody',
    outTrackId: like?.outTrackId ?? 'card-of-nobody',
    actionId: like?.actionId ?? 'x',
    action,
    params: { ...like?.params, action, subject, extra: JSON.stringify(extra) },
    fields: chance.oneOf(parts.filter(({ fields }) => fields.length > 0))?.fields ?? [],
  };
}

function subjectOf({ ids }: Loot, chance: Chance): string {
  return `${chance.oneOf(SUBJECT_KINDS)}:${chance.oneOf(ids)}`;
}

function extraOf(tap: SeenTap | undefined): Readonly<Record<string, unknown>> {
  const extra = tap?.params.extra;
  const parsed: unknown = typeof extra === 'string' ? parsedOr(extra) : extra;
  return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
}

/** Something in every field: one of its options, or words. */
function formOf({ fields }: SeenTap, { ids }: Loot, chance: Chance): { form?: Readonly<Record<string, unknown>> } {
  if (fields.length === 0) return {};
  const answer = ({ options }: SeenTap['fields'][number]): unknown => {
    const value = chance.oneOf(options);
    if (value !== undefined && chance.happens(0.8)) return { index: options.indexOf(value), value };
    return chance.happens(0.2) ? chance.oneOf(ids) : chance.oneOf(SAID);
  };
  return { form: Object.fromEntries(fields.map((field) => [field.name, answer(field)])) };
}

/** Some of it is another thing's, of a wrong type, huge, or missing. */
function spoilt(params: Readonly<Record<string, unknown>>, loot: Loot, chance: Chance) {
  const { action, ...rest } = params;
  let wrong: Record<string, unknown> = rest;
  for (let times = chance.whole(1, MOST_WRONG); times > 0; times -= 1) wrong = onceSpoilt(wrong, loot, chance);
  return { ...wrong, action };
}

function onceSpoilt(params: Record<string, unknown>, loot: Loot, chance: Chance): Record<string, unknown> {
  const root = chance.oneOf(ROOTS) ?? 'subject';
  const whole = { ...params };
  switch (chance.whole(1, 6)) {
    case 1:
      delete whole[root];
      return whole;
    case 2:
      return { ...whole, [root]: chance.oneOf(WRONG) };
    case 3:
      return { ...whole, subject: subjectOf(loot, chance) };
    case 4:
      return { ...whole, version: String(chance.whole(0, 9)) };
    case 5:
      return withOwn(
        whole,
        chance.oneOf(['__proto__', 'action2', 'userId', 'isoId', 'role']) ?? '',
        chance.oneOf(WRONG),
      );
    default:
      return { ...whole, extra: inside(whole.extra, loot, chance), form: inside(whole.form, loot, chance) };
  }
}

/** One value inside is another one. */
function inside(of: unknown, { ids }: Loot, chance: Chance): unknown {
  const isText = typeof of === 'string';
  const parsed: unknown = isText ? parsedOr(of) : of;
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return of;
  const name = chance.oneOf(Object.keys(parsed));
  if (name === undefined) return of;
  const changed = withOwn({ ...parsed }, name, chance.happens(0.6) ? chance.oneOf(ids) : chance.oneOf(WRONG));
  return isText ? JSON.stringify(changed) : changed;
}

function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Also under a name that an assignment would take for something else. */
function withOwn(whole: Record<string, unknown>, name: string, value: unknown): Record<string, unknown> {
  return Object.defineProperty(whole, name, { value, enumerable: true, configurable: true, writable: true });
}
