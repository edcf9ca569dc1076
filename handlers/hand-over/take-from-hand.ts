import { derivedId } from '@field/kit/ids';
import { type CardLine, findCard } from '../../models/cards.ts';
import { changePerson, findPerson, type Person } from '../../models/people.ts';
import type { Context } from '../../src/bot/context.ts';
import type { Subject } from '../../src/platform/subject.ts';
import { sameSubject, setCurrentWork } from '../photos/current-work.ts';

/**
 * Whoever has these no more: their next photo goes to none of them, their card shows none of them, and one line says it, if there is one. Who is
 * not at work reads nothing: every card of theirs says that already.
 */
export async function takeFromHand(
  ctx: Context,
  from: Pick<Person, 'userId'>,
  subjects: readonly Subject[],
  line: CardLine | undefined,
): Promise<void> {
  const isTheirs = (subject: Subject | undefined): boolean => subjects.some((one) => sameSubject(one, subject));
  const isDoer = from.userId === ctx.person.userId;
  const person = isDoer ? ctx.person : await findPerson(from.userId, ctx.tx);
  if (person === undefined) return;
  const theirs = isDoer ? ctx : { ...ctx, person };
  if (isTheirs(person.currentWork)) await setCurrentWork(theirs, undefined);
  const { move } = theirs.person;
  if (move !== undefined && isTheirs(move.content?.subject)) {
    theirs.person = await changePerson(person.userId, { move: { ...move, content: undefined } }, ctx.tx);
  }
  if (isDoer || line === undefined || person.state !== 'ACTIVE') return;
  const card = person.workingCard === undefined ? undefined : await findCard(person.workingCard, ctx.tx);
  const subject = { kind: 'person', id: person.userId } as const;
  if (card !== undefined && isTheirs(card.subject)) return ctx.showTo(person.userId, { view: 'menu', subject, line });
  const intent = derivedId('givenOn', ctx.update.id, person.userId);
  ctx.send({ intent, to: person.userId, kind: 'line', view: 'line', subject, line });
}
