import { type CapturedWork, workToCapture } from '../../../handlers/photos/work-to-capture.ts';
import { beginCapture, keepPiece } from '../../../models/captures.ts';
import { findPerson } from '../../../models/people.ts';
import { captureKey } from '../../../models/sealing.ts';
import type { CapturePlace } from '../../../src/platform/captured.ts';
import type { EventOf } from '../../../src/platform/event.ts';
import { sealedAs } from '../capture-phone.ts';
import type { Person } from '../world/person.ts';
import type { InProcessWorld } from './world.ts';

interface TakenPhoto extends Pick<EventOf<'capture.taken'>['facts'], 'slot' | 'more' | 'unseen'> {
  readonly photo: Buffer;
  /** What it was taken for; what is in hand where nothing is said. */
  readonly work?: CapturedWork['work'];
  readonly place?: CapturePlace | undefined;
  /** When, where that is not now. */
  readonly at?: number;
}

/** What people do on the page beside the chat, as it comes to the lanes. */
export function onThePage(world: () => InProcessWorld) {
  async function inHand({ userId }: Person): Promise<CapturedWork> {
    const found = await findPerson(userId);
    const work = found && (await workToCapture(found, world().clock.now()));
    if (work === undefined) throw new Error('nothing is in hand');
    return work;
  }

  return {
    inHand,

    /** The place of the work in hand that is asked for and is called so. */
    async slotOf(person: Person, name: string): Promise<string> {
      const { asks } = await inHand(person);
      const slot = asks.map((ask) => ask.slot).find((one) => one.endsWith(`/${name}`));
      if (slot === undefined) throw new Error(`${name} is not asked for: ${asks.map((ask) => ask.slot).join(', ')}`);
      return slot;
    },

    async takes(person: Person, { slot, photo, place, at = world().clock.now(), ...taken }: TakenPhoto): Promise<void> {
      const { more, unseen, work = (await inHand(person)).work } = taken;
      const now = world().clock.now();
      const { publicKey } = captureKey();
      const { hash, bytes } = sealedAs(publicKey, { kind: 'photo', slot, takenAt: at, place }, photo);
      const of = { hash, userId: person.userId, isoId: 'lotus', work, size: bytes.length, ticketAt: at, aheadMs: 0 };
      await beginCapture(of, now);
      await keepPiece(hash, 0, bytes, now);
      await world().finds(
        { type: 'capture.taken', facts: { hash, kind: 'photo', slot, work, more, unseen } },
        person.userId,
        at,
      );
    },

    async scans(person: Person, slot: string, code: string): Promise<void> {
      const { work } = await inHand(person);
      const hash = `${code.length}`.padStart(64, '0');
      await world().finds({ type: 'capture.taken', facts: { hash, kind: 'code', slot, work, code } }, person.userId);
    },

    async leaves({ userId }: Person): Promise<void> {
      await world().finds({ type: 'capture.left', facts: {} }, userId);
    },
  };
}
