import { DAY_MS } from '@field/kit/calendar';
import type { Clock } from '@field/kit/clock';
import { asAppError } from '@field/kit/errors';
import type { Logger } from '@field/kit/log';
import { translator } from '../../cards/text.ts';
import type { TextKey } from '../../cards/text-key.ts';
import type { CardLine } from '../../models/cards.ts';
import { changePerson, findPerson, type Person } from '../../models/people.ts';
import type { Transaction } from '../../models/transaction.ts';
import type { CallBudget, Stop } from '../delivery/call-budget.ts';
import { DEFAULT_LANGUAGE, isLanguage } from '../domain/languages.ts';
import type { MessageUpdate } from '../platform/update.ts';

const WHY: Readonly<Record<Exclude<Stop, 'taps'>, TextKey>> = { share: 'notice.shareSpent', person: 'notice.tooMuch' };
/** Whoever goes on writing reads that it is kept, no more often than this. */
const REPLY_AGAIN_MS = 60_000;
/** More people than one process ever has to do with at once; the one replied to longest ago is forgotten first. */
const MOST = 20_000;

/** Says why no call is made, once a day on the card that was tapped; answers what to say there. */
export async function saySpentOnCard(
  { userId, spentSaidOn }: Person,
  stop: Stop,
  now: number,
  tx: Transaction,
): Promise<CardLine | undefined> {
  const today = Math.floor(now / DAY_MS);
  if (stop === 'taps' || spentSaidOn === today) return undefined;
  await changePerson(userId, { spentSaidOn: today }, tx);
  return { key: WHY[stop] };
}

export interface SpentInChatOptions {
  readonly clock: Pick<Clock, 'now' | 'machine'>;
  readonly log: Logger;
  readonly budget: Pick<CallBudget, 'stops'>;
}

/** Answers a message in its chat, where that costs nothing, of somebody for whom no call is made: why, once a day, then that it is kept. */
export function createSpentInChat({ clock, log, budget }: SpentInChatOptions) {
  const replied = new Map<string, { readonly at: number; readonly day: number }>();

  async function textFor(userId: string): Promise<string | undefined> {
    const person = await findPerson(userId);
    const stop = budget.stops(person ?? { userId });
    if (stop === undefined) return undefined;
    const today = Math.floor(clock.now() / DAY_MS);
    const key = replied.get(userId)?.day === today ? 'notice.keptOnly' : WHY[stop];
    keep(userId, today);
    return translator(isLanguage(person?.language) ? person.language : DEFAULT_LANGUAGE)(key);
  }

  function keep(userId: string, day: number): void {
    replied.delete(userId);
    replied.set(userId, { at: clock.machine(), day });
    const [oldest] = replied.keys();
    if (replied.size > MOST && oldest !== undefined) replied.delete(oldest);
  }

  return async (
    { id, from: { userId }, conversation }: Pick<MessageUpdate, 'id' | 'from' | 'conversation'>,
    reply: ((text: string) => Promise<void>) | undefined,
  ): Promise<void> => {
    if (reply === undefined || conversation.kind === 'group') return;
    if (clock.machine() < (replied.get(userId)?.at ?? Number.NEGATIVE_INFINITY) + REPLY_AGAIN_MS) return;
    try {
      const text = await textFor(userId);
      if (text !== undefined) await reply(text);
    } catch (thrown) {
      log.warn({ trace: id, code: asAppError(thrown).code }, 'message.notReplied');
    }
  };
}
