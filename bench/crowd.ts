import type { Entry, RenderedButton } from '@field/dingtalk-sandbox/page-protocol';
import { formAnswers } from '../test/support/world/form-answers.ts';
import type { World } from '../test/support/world/world.ts';

export interface Member {
  readonly userId: string;
  readonly outTrackId: string;
  buttons: readonly RenderedButton[];
}

export type Crowd = readonly Member[];

/** As many as do not wait for DingTalk's 20 calls a second for long. */
const AT_ONCE = 8;

/** `count` people who have joined the demo's ISO in its own way, each with the product list as working card. */
export async function gatherCrowd(world: World, count: number): Promise<Crowd> {
  const members: Member[] = [];
  const numbers = Array.from({ length: count }, (_, index) => index);
  const bring = async (): Promise<void> => {
    for (let number = numbers.shift(); number !== undefined; number = numbers.shift()) {
      members.push(await bringMember(world, number));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, bring));
  await world.idle();
  return members;
}

async function bringMember(world: World, number: number): Promise<Member> {
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
  await approve(world, name);
  const joined = await waitFor(world, userId, (entry) => hasButton(entry, 'help.open'));
  if (joined.outTrackId === undefined) throw new Error(`${userId} has no card`);
  return { userId, outTrackId: joined.outTrackId, buttons: joined.view?.buttons ?? [] };
}

async function approve(world: World, name: string): Promise<void> {
  const admin = 'admin1';
  const isRequest = (entry: Entry) => hasButton(entry, 'association.approve') && textOf(entry).includes(`**${name}**`);
  const request = await waitFor(world, admin, isRequest);
  const button = request.view?.buttons.find(({ params }) => params.action === 'association.approve');
  if (!button || request.outTrackId === undefined) throw new Error(`no request of ${name}`);
  await world.sandbox.tap(request.outTrackId, { userId: admin, actionId: button.actionId, params: button.params });
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

function hasButton(entry: Entry, action: string): boolean {
  return entry.view?.buttons.some(({ params }) => params.action === action) ?? false;
}

function textOf(entry: Entry): string {
  return entry.view?.texts.join('\n') ?? '';
}
