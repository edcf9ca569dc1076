import { signal } from '@preact/signals';
import type { Entry } from '../../protocol/page-protocol.ts';
import type { Tap } from './api.ts';
import { entriesOf } from './chats.ts';
import { type AskingCard, asksForPicture, nextSample, SAMPLE_NAMES, type SampleName } from './next-sample.ts';

export interface NextSample {
  readonly name: SampleName;
  /** The spot that is inspected or put right: what stands there is what a close-up must show. */
  readonly at: string | undefined;
}

const KEY = 'items-opened';

/** The item that each person opened last, for the card that puts it right says no more which it is; kept over a reload. */
const opened = signal<Readonly<Record<string, string>>>(restored());

/** The sample that is offered to a person next. */
export function nextSampleFor(userId: string): NextSample {
  const entries = entriesOf(userId);
  const entry = entries.findLast((one) => asksForPicture(asking(one)));
  const name = nextSample(entry && asking(entry), sentSinceShopFront(userId, entries));
  return { name, at: entry && placeOf(entry, userId) };
}

/** A tap that names an item of a review is followed, since its card may be about that item from then on. */
export function followTap({ userId, params }: Tap): void {
  if (typeof params.action !== 'string' || !params.action.startsWith('review.')) return;
  const [, subject] = /^item:(.+)$/.exec(String(params.subject)) ?? [];
  const item = further(params).item ?? subject;
  if (item === undefined) return;
  opened.value = { ...opened.value, [userId]: item };
  sessionStorage.setItem(KEY, JSON.stringify(opened.value));
}

/** The routing keys behind an entry's controls that can be used: the same in every language. */
export function actionsOf({ view }: Entry): readonly string[] {
  const controls = [...(view?.buttons ?? []), ...(view?.forms ?? [])].filter(({ disabled }) => !disabled);
  return controls.flatMap(({ params }) => (typeof params.action === 'string' ? [params.action] : []));
}

function asking(entry: Entry): AskingCard {
  const fields = (entry.view?.forms ?? []).flatMap((form) => form.fields.map(({ name }) => name));
  return { actions: actionsOf(entry), fields };
}

function placeOf(entry: Entry, userId: string): string | undefined {
  const good = entry.view?.buttons.find(({ params }) => params.action === 'inspection.good');
  const inspected = good && further(good.params).spot;
  if (inspected !== undefined) return inspected;
  return actionsOf(entry).includes('review.cancelModify') ? opened.value[userId] : undefined;
}

/** What a control carries besides its routing key, subject and version: one text of JSON. */
function further({ extra }: Tap['params']): Readonly<Record<string, string | undefined>> {
  try {
    return JSON.parse(String(extra)) as Record<string, string>;
  } catch {
    return {};
  }
}

/** The samples that a person sent, told by their file names, from the last shop front on. */
function sentSinceShopFront(userId: string, entries: readonly Entry[]): readonly SampleName[] {
  const sent = entries
    .filter(({ from }) => from === userId)
    .flatMap(({ files = [] }) =>
      SAMPLE_NAMES.filter((name) => files.some(({ fileName }) => fileName === `${name}.jpg`)),
    );
  return sent.slice(Math.max(0, sent.lastIndexOf('storefront')));
}

function restored(): Record<string, string> {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Record<string, string>;
  } catch {
    return {};
  }
}
