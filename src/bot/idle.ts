import { lanesWithWork } from '../../models/inbox.ts';
import { peopleWithMoves } from '../../models/people.ts';
import { picturesLeft } from '../../models/pictures.ts';
import { submissionsLeft } from '../../models/submissions.ts';
import type { Delivery } from '../delivery/delivery.ts';
import type { InFlight } from './in-flight.ts';

/** What a person or a reviewer is still owed, from this process's work and from the database; empty when the bot is idle. */
export async function whatIsLeft(inFlight: InFlight, delivery: Delivery): Promise<readonly string[]> {
  const before = inFlight.begun();
  const lanes = await lanesWithWork();
  const moves = await peopleWithMoves();
  const pictures = await picturesLeft();
  const submissions = await submissionsLeft();
  const left = [
    ...inFlight.left(),
    ...(lanes.length > 0 ? [`${lanes.length} lanes with messages`] : []),
    ...(moves.length > 0 ? [`${moves.length} cards to move`] : []),
    ...(pictures.pending + pictures.lanes.length > 0 ? ['pictures to check or apply'] : []),
    ...(submissions > 0 ? [`${submissions} submissions to hand over`] : []),
    ...(await delivery.left()),
  ];
  return left.length === 0 && inFlight.begun() !== before ? ['work that began meanwhile'] : left;
}
