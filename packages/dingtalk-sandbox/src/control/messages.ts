import { randomUUID } from 'node:crypto';
import type { FilePart } from '../http/body.ts';
import type { Courier } from '../push/courier.ts';
import { ROBOT_TOPIC } from '../push/frames.ts';
import type { EntryFile } from '../store/chat.ts';
import type { SandboxGroup, SandboxPerson } from '../store/people.ts';
import type { World } from '../world/world.ts';
import { ControlError, notFound } from './control-error.ts';
import { contentOf, type Kind, kindOf, quoted } from './message-content.ts';
import { conversationIdOf, envelope } from './message-envelope.ts';
import type { NewMessage } from './new-message.ts';

/** A person's message: stored, shown in the chat, and pushed to the app. Answers its `msgId`, and whether a knob keeps what is in it. */
export function sendMessage(
  world: World,
  courier: Courier,
  message: NewMessage,
): { msgId: string; withoutContent?: true } {
  const { outside = false } = message;
  const person = writer(world, message.from, outside);
  const group = message.to === undefined ? undefined : groupOf(world, message.to, person, outside);
  const clientId = message.app ?? world.seed.app.clientId;
  if (!world.apps.exists(clientId)) throw notFound(`app ${clientId}`);
  const kind = kindOf(message, group !== undefined);
  const at = named(world, message.at ?? [], group);
  const quote = quoteOf(world, message, kind, conversationIdOf({ clientId, person, group }));
  const msgId = `msg${randomUUID().replaceAll('-', '')}`;
  const { go, withoutContent } = world.db.transaction(() => {
    const files = message.parts.map((part) => kept(world, clientId, person.userId, part));
    const text = message.text?.trim() ? message.text : undefined;
    world.chat.add({
      conversationId: group?.conversationId ?? person.userId,
      kind: kind === 'audio' || kind === 'video' ? 'file' : kind === 'unknown' ? 'text' : kind,
      at: world.clock.now(),
      from: person.userId,
      text: kind === 'unknown' ? `[${message.unknown}]` : text,
      files: files.length > 0 ? files : undefined,
    });
    const quota = world.faults.take('quotaUsedUp', { userId: person.userId }) !== undefined;
    const spoken = group === undefined ? text : ` ${text ?? ''}`;
    const content = quota
      ? { errorCode: '20001', errorMessage: 'the monthly number of pushes is used up' }
      : withQuote(contentOf(kind, message, spoken, files), quote);
    const sending = { clientId, msgId, person, group, at, outside };
    const recorded = courier.record({
      id: msgId,
      clientId,
      kind: 'message',
      userId: person.userId,
      headers: { topic: ROBOT_TOPIC },
      data: JSON.stringify({ ...envelope(world, sending), msgtype: kind, ...content }),
    });
    return { go: recorded.go, withoutContent: quota };
  });
  go();
  return withoutContent ? { msgId, withoutContent } : { msgId };
}

function writer(world: World, userId: string, outside: boolean): SandboxPerson {
  const person = world.people.find(userId);
  if (person === undefined) throw notFound(`person ${userId}`);
  if (person.state !== 'joined' && !outside) {
    throw new ControlError(403, 'notJoined', `${person.name} is outside the organisation`);
  }
  return person;
}

/** A group that the person is in; in real external groups people from outside are. */
function groupOf(world: World, id: string, person: SandboxPerson, outside: boolean): SandboxGroup {
  const group = world.people.findGroup(id);
  if (group === undefined) throw notFound(`group ${id}`);
  if (!group.members.includes(person.userId) && !outside) {
    throw new ControlError(403, 'notMember', `${person.name} is not in ${group.title}`);
  }
  return group;
}

function named(world: World, userIds: readonly string[], group: SandboxGroup | undefined): SandboxPerson[] {
  if (userIds.length > 0 && group === undefined)
    throw new ControlError(400, 'badRequest', 'people are named in groups');
  return userIds.map((userId) => {
    const person = world.people.find(userId);
    if (person === undefined) throw notFound(`person ${userId}`);
    return person;
  });
}

function quoteOf(world: World, { quote }: NewMessage, kind: Kind, conversationId: string): object | undefined {
  if (quote === undefined) return undefined;
  if (kind !== 'text') throw new ControlError(400, 'badRequest', 'a reply is a text');
  return quoted(world, quote, conversationId);
}

function withQuote(content: Record<string, unknown>, quote: object | undefined): Record<string, unknown> {
  return quote === undefined ? content : { text: { ...(content.text as object), ...quote } };
}

function kept(world: World, clientId: string, sender: string, { name, fileName, bytes }: FilePart): EntryFile {
  const image = name === 'picture';
  return { downloadCode: world.files.add({ clientId, sender, fileName, image, bytes }), fileName, image };
}
