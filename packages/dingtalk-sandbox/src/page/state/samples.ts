import type { Entry } from '../../protocol/page-protocol.ts';
import type { Tap } from './api.ts';
import { actionsOf } from './card-actions.ts';
import { entriesOf } from './chats.ts';
import { kept } from './kept.ts';
import {
  type AskingCard,
  nextSample,
  SAMPLE_NAMES,
  type SampleName,
  type SampleSetting,
  samplesAskedBy,
} from './next-sample.ts';
import { unsent } from './outgoing.ts';

/** What a person opened or chose last, for the cards that follow say no more which it is. */
interface Followed {
  readonly item?: string | undefined;
  readonly tool?: string | undefined;
}

const followed = kept<Readonly<Record<string, Followed>>>('samples-followed', {});

/** The sample that a person's lowest card asks for; undefined while it asks for none. */
export function nextSampleFor(userId: string): SampleName | undefined {
  const card = workingCard(userId);
  return card && nextSample(samplesAskedBy(asking(card)), sentAfter(card, userId));
}

/** What a person's samples show. */
export function sampleSettingFor(userId: string): SampleSetting {
  const card = workingCard(userId);
  if (card === undefined) return {};
  return { at: placeOf(card, userId), shop: shopOf(card), app: followed.value[userId]?.tool };
}

/** A tap that names an item of a review, or a way to pay, is followed: its card may be about that from then on. */
export function followTap({ userId, params }: Tap): void {
  const action = String(params.action);
  const [, subject] = /^item:(.+)$/.exec(String(params.subject)) ?? [];
  const { item = subject, tool } = further(params);
  const news: Followed =
    action.startsWith('review.') && item !== undefined ? { item } : tool === undefined ? {} : { tool };
  if (Object.keys(news).length === 0) return;
  followed.value = { ...followed.value, [userId]: { ...followed.value[userId], ...news } };
}

/** The lowest card that asks for a picture, unless one that is worked on stands below it. */
function workingCard(userId: string): Entry | undefined {
  return entriesOf(userId).findLast((entry) => {
    const card = asking(entry);
    return samplesAskedBy(card).length > 0 || card.actions.some((action) => WORK.test(action));
  });
}

const WORK =
  /^(promotion\.(answer|submit|change)|inspection\.(answer|good|matches|tool|submit)|review\.(resubmit|appealSay))/;

function asking(entry: Entry): AskingCard {
  const { view } = entry;
  const first = view?.buttons.find(({ color, disabled }) => color === 'blue' && !disabled)?.params.action;
  return {
    actions: actionsOf(entry),
    first: typeof first === 'string' ? first : undefined,
    hasForm: (view?.forms.length ?? 0) > 0,
    texts: view?.texts ?? [],
  };
}

function placeOf(entry: Entry, userId: string): string | undefined {
  const good = entry.view?.buttons.find(({ params }) => params.action === 'inspection.good');
  const inspected = good && further(good.params).spot;
  if (inspected !== undefined) return inspected;
  return actionsOf(entry).includes('review.cancelModify') ? followed.value[userId]?.item : undefined;
}

/** Every card of a job begins with its shop: `Baan Coffee · Cashier 1`. */
function shopOf({ view }: Entry): string | undefined {
  const [shop] = view?.texts[0]?.split(' · ') ?? [];
  return shop === undefined || shop === '' || shop.includes('\n') ? undefined : shop;
}

/** What a control carries besides its routing key, subject and version: one text of JSON. */
function further({ extra }: Tap['params']): Readonly<Record<string, string | undefined>> {
  try {
    return JSON.parse(String(extra)) as Record<string, string>;
  } catch {
    return {};
  }
}

/** The samples that a person sent below a card, told by their file names, those on their way too. */
function sentAfter(card: Entry, userId: string): readonly SampleName[] {
  const arrived = entriesOf(userId).filter(({ pos, from }) => pos > card.pos && from === userId);
  const names = [
    ...arrived.flatMap(({ files = [] }) => files.map(({ fileName }) => fileName)),
    ...unsent.value
      .filter(({ message }) => message.from === userId)
      .flatMap(({ message }) => message.files.map(({ name }) => name)),
  ];
  return names.flatMap((fileName) => SAMPLE_NAMES.filter((name) => fileName === `${name}.jpg`));
}
