import { entriesFor, maySee } from '../chat/viewing.ts';
import type { Entry } from '../protocol/page-protocol.ts';
import type { World } from '../world/world.ts';
import { ControlError, notFound } from './control-error.ts';

const MAX_WAIT_MS = 60_000;

/** What a viewer sees after `seq`, at once if there is something, else as soon as there is, or nothing after `waitMs`. */
export async function readConversation(
  world: World,
  asked: { id: string; viewer?: string | undefined; after: number; waitMs: number },
  gone: AbortSignal,
): Promise<Entry[]> {
  const group = world.people.findGroup(asked.id);
  if (group === undefined && world.people.find(asked.id) === undefined) throw notFound(`conversation ${asked.id}`);
  const viewer = asked.viewer ?? (group === undefined ? asked.id : undefined);
  if (viewer === undefined) throw new ControlError(400, 'badRequest', 'a group needs a viewer');
  if (world.people.find(viewer) === undefined) throw notFound(`person ${viewer}`);
  if (!maySee(world, asked.id, viewer)) throw new ControlError(403, 'notMember', `${viewer} is not in ${asked.id}`);
  const look = (): Entry[] => entriesFor(world, asked.id, viewer, asked.after);
  const now = look();
  return now.length > 0 || asked.waitMs === 0 ? now : waited(world, asked.id, asked.waitMs, look, gone);
}

function waited(world: World, id: string, waitMs: number, look: () => Entry[], gone: AbortSignal): Promise<Entry[]> {
  return new Promise((resolve) => {
    const finish = (entries: Entry[]): void => {
      clearTimeout(limit);
      unwatch();
      gone.removeEventListener('abort', onGone);
      resolve(entries);
    };
    const onGone = (): void => finish([]);
    const unwatch = world.changes.watch((changes) => {
      if (!changes.some((change) => change.kind === 'reset' || (change.kind === 'conversation' && change.id === id)))
        return;
      const entries = look();
      if (entries.length > 0) finish(entries);
    });
    const limit = setTimeout(() => finish([]), Math.min(waitMs, MAX_WAIT_MS));
    gone.addEventListener('abort', onGone);
  });
}
