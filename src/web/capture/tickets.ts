import { z } from 'zod';
import { sealJson, unsealJson } from '../../../models/sealing.ts';
import { isSubjectKind, type Subject } from '../../platform/subject.ts';

/** Who may add what they take to which of their work, in whose ISO. */
export interface Ticket {
  readonly userId: string;
  readonly isoId: string;
  readonly work: Subject;
  /** When it was given, milliseconds by DingTalk's clock. */
  readonly at: number;
}

/** What was taken on Friday night is sent on Monday. */
const LIVES_MS = 3 * 24 * 3_600_000;
const FOR = 'captures';

const TICKET = z.object({
  for: z.literal(FOR),
  app: z.string(),
  userId: z.string(),
  isoId: z.string(),
  work: z.object({ kind: z.string(), id: z.string() }),
  at: z.number(),
  until: z.number(),
});

/** Tickets that only the bot can make and read: nobody sees on a phone whose they are. */
export interface Tickets {
  give(ticket: Ticket): string;
  /** Undefined for what is none of ours, or is over. */
  read(ticket: string): Ticket | undefined;
}

/** `app`: the client id; another app's people are others. `machine`: real time, milliseconds. */
export function createTickets(app: string, machine: () => number): Tickets {
  return {
    give: (ticket) =>
      sealJson({ for: FOR, app, ...ticket, until: machine() + LIVES_MS } satisfies z.infer<typeof TICKET>),
    read(ticket) {
      const { data } = TICKET.safeParse(opened(ticket));
      if (data === undefined || data.app !== app || data.until < machine()) return undefined;
      const { userId, isoId, at } = data;
      const { kind, id } = data.work;
      return isSubjectKind(kind) ? { userId, isoId, at, work: { kind, id } } : undefined;
    },
  };
}

function opened(ticket: string): unknown {
  try {
    return unsealJson<unknown>(ticket);
  } catch {
    return undefined;
  }
}
