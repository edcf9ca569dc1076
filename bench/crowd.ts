import type { Entry, RenderedButton } from '@field/dingtalk-sandbox/page-protocol';
import { formAnswers } from '../test/support/world/form-answers.ts';
import type { Person } from '../test/support/world/person.ts';
import type { World } from '../test/support/world/world.ts';

export interface Member {
  readonly userId: string;
  readonly outTrackId: string;
  buttons: readonly RenderedButton[];
}

export type Crowd = readonly Member[];

/** As many as do not wait for DingTalk's 20 calls a second for long. */
const AT_ONCE = 8;

/** `count` people who have joined the demo's ISO in its own way, each with the product list as working card; the first of them has that number. */
export async function gatherCrowd(world: World, count: number, first = 0): Promise<Crowd> {
  const numbers = Array.from({ length: count }, (_, index) => first + index);
  const askers = await someAtOnce(numbers, (number) => askToJoin(world, number));
  await world.idle();
  await letIn(world.person('admin1'));
  const members = await someAtOnce(askers, (userId) => memberOf(world, userId));
  await world.idle();
  return members;
}

/** `work` on all of these, a few at a time; what it answers, as it comes. */
async function someAtOnce<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const left = all.values();
  const done: R[] = [];
  const turn = async (): Promise<void> => {
    for (const one of left) done.push(await work(one));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, turn));
  return done;
}

async function askToJoin(world: World, number: number): Promise<string> {
  const name = `Member ${number + 1}`;
  const phone = `+66 82 ${String(1_000_000 + number * 7)}`;
  const { userId } = await world.sandbox.addUser({ userId: `member${number}`, name, mobile: phone });
  await world.sandbox.say(userId, 'hi');
  const asked = await waitFor(world, userId, (entry) => (entry.view?.forms.length ?? 0) > 0);
  const [form] = asked.view?.forms ?? [];
  if (!form || asked.outTrackId === undefined) throw new Error(`${userId} was not asked to join`);
  const answers = formAnswers(form.fields, { isoEmail: 'demo@iso.example', name, phone });
  await world.sandbox.tap(asked.outTrackId, {
    userId,
    actionId: form.actionId,
    params: { ...form.params, form: answers },
  });
  return userId;
}

/** The admin goes to the list of those who wait, and approves as many at once as its form takes, until nobody is left. */
async function letIn(admin: Person): Promise<void> {
  await admin.says('menu');
  await admin.taps({ action: 'team.open' });
  await admin.taps({ action: 'team.requests' });
  for (let list = await admin.card(); offers(list.buttons, 'team.request'); list = await admin.card()) {
    if (offers(list.buttons, 'team.approveAll')) {
      await admin.taps({ action: 'team.approveAll' }, { on: list });
      await admin.fills({});
    } else {
      await admin.taps({ action: 'team.request' }, { on: list });
      await admin.taps({ action: 'association.approve' }, { on: await admin.card() });
    }
  }
}

async function memberOf(world: World, userId: string): Promise<Member> {
  const joined = await waitFor(world, userId, ({ view }) => offers(view?.buttons ?? [], 'help.open'));
  if (joined.outTrackId === undefined) throw new Error(`${userId} has no card`);
  return { userId, outTrackId: joined.outTrackId, buttons: joined.view?.buttons ?? [] };
}

/** The first entry of a person's chat, as it is or as it comes, that `fits`. */
async function waitFor(world: World, userId: string, fits: (entry: Entry) => boolean): Promise<Entry> {
  for (let seq = 0; ; ) {
    const entries = await world.sandbox.conversation(userId, userId, seq, 30_000);
    const found = entries.findLast(fits);
    if (found) return found;
    if (entries.length === 0)
      throw new Error(`nothing new came to ${userId}; the bot's last words:\n${world.botLog()}`);
    seq = Math.max(...entries.map((entry) => entry.seq));
  }
}

function offers(buttons: readonly RenderedButton[], action: string): boolean {
  return buttons.some(({ params }) => params.action === action);
}
