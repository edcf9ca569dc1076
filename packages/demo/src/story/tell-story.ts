import { dayAfter, dayOf, instantOf } from '@field/kit/calendar';
import { ControlClient } from './control-client.ts';
import { STORY_GROUP, STORY_ISO, STORY_PEOPLE, type StoryPersonId } from './people.ts';
import { begin, promote, type Steps } from './promoting.ts';
import { BAAN_COFFEE, LOTUS_TEA, NINE_MART, SOM_TAM_HOUSE } from './shops.ts';
import { StoryPerson } from './story-person.ts';

export interface StoryOptions {
  /** The sandbox, `http://127.0.0.1:3000`. */
  readonly url: string;
  readonly programmeTimeZone: string;
  /** The present, to which the story leads; milliseconds. */
  readonly now: number;
}

/** As long as the bot waits for the next picture of a burst, and a little. */
const BURST_MS = 2_100;
/** By then the night's files have landed. */
const MORNING = 9;

/** Removes what was told, and everything else. */
export async function leaveStory(url: string): Promise<void> {
  await new ControlClient(url).post('/reset', {});
}

/** Puts bot and sandbox two days back, and the story's people where they belong. Whatever was there is removed. */
export async function openStory({ url, programmeTimeZone, now }: StoryOptions): Promise<void> {
  const client = new ControlClient(url);
  const today = dayOf(now, programmeTimeZone);
  const lastMorning = instantOf(today, MORNING, programmeTimeZone) <= now ? today : dayAfter(today, -1);
  const beginning = instantOf(dayAfter(lastMorning, -2), MORNING + 1, programmeTimeZone);
  await client.post('/reset', { now: beginning });
  for (const [userId, person] of Object.entries(STORY_PEOPLE)) await client.post('/users', { userId, ...person });
  const members: StoryPersonId[] = ['nok', 'lek', 'ploy'];
  await client.post('/groups', { conversationId: STORY_GROUP, title: 'Jasmine team', members });
}

/**
 * Plays the story from where `openStory` began to the present: on the first day people join, on the second they promote, in the
 * night it is reviewed, and today somebody else wants to join. Throws where the product does not follow.
 */
export async function tellStory({ url, now }: StoryOptions): Promise<void> {
  const client = new ControlClient(url);
  const people = (userId: StoryPersonId): StoryPerson => new StoryPerson(userId, client);
  const [nok, lek, ploy, mai] = [people('nok'), people('lek'), people('ploy'), people('mai')];
  await together(client, [asking(nok), asking(lek)]);
  await together(client, [approving(ploy, 2)]);
  await together(client, [binding(ploy)]);
  await client.post('/next-day', {});
  await together(client, [
    promote(nok, BAAN_COFFEE, client),
    oneAfterTheOther(promote(lek, SOM_TAM_HOUSE, client), promote(lek, NINE_MART, client)),
  ]);
  await together(client, [begin(nok, LOTUS_TEA, client)]);
  await client.post('/next-day', {});
  await together(client, [asking(mai)]);
  await client.post('/clock', { now: Math.max(now, Date.now()) });
}

/** Wants to join the story's ISO: the form as it comes is right but for the ISO's e-mail and the number. */
async function* asking(person: StoryPerson): Steps {
  yield await person.says('hi');
  const { mobile } = STORY_PEOPLE[person.userId];
  yield await person.fills({ isoEmail: STORY_ISO, phone: mobile.replace('-', '') });
}

async function* approving(admin: StoryPerson, times: number): Steps {
  for (let time = 0; time < times; time += 1) yield await admin.taps({ action: 'association.approve' });
}

/** Asks for the daily digest in the group. */
async function* binding(admin: StoryPerson): Steps {
  yield await admin.says('hi', STORY_GROUP);
  yield await admin.taps({ action: 'group.bind' }, STORY_GROUP);
}

async function* oneAfterTheOther(...parts: readonly Steps[]): Steps {
  for (const part of parts) yield* part;
}

/** Everybody's next step at the same time, until all are through and at rest. */
async function together(client: ControlClient, everybody: readonly Steps[]): Promise<void> {
  for (let left = [...everybody]; left.length > 0; ) {
    const steps = await Promise.all(left.map((steps) => steps.next()));
    left = left.filter((_, index) => steps[index]?.done !== true);
    // A tap's card is there with its answer; after a message the bot waits a moment for more of it.
    if (steps.some(({ value }) => value === 'message')) await client.post('/clock', { advanceMs: BURST_MS });
  }
  await client.post('/idle', {});
}
