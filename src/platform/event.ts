import { z } from 'zod';
import { INVITATION_PROBLEMS } from '../domain/association-state.ts';
import { QUICK_ENTRIES } from '../domain/quick-entries.ts';

/** What DingTalk says of people in the organisation; of its other events nobody here has a use (dingtalk 2.4). */
export const ORGANISATION_EVENTS = ['user_add_org', 'user_active_org', 'user_leave_org'] as const;

/** An event as DingTalk pushes it. It is a hint that something changed, and names whom. */
export interface OrganisationEvent {
  readonly kind: 'event';
  readonly type: (typeof ORGANISATION_EVENTS)[number];
  /** The frame's `eventId`. */
  readonly id: string;
  readonly at: number;
  readonly userIds: readonly string[];
}

/** Milliseconds; text where 0.1.0 recorded it. */
const TIME = z.coerce.number();

const HEADERS = { kind: z.literal('event'), id: z.string(), at: z.number() };

/** DingTalk's, in the lane of one person whom it names. */
function organisation<T extends OrganisationEvent['type']>(type: T) {
  return z.object({ ...HEADERS, type: z.literal(type) });
}

/** The product's own: what came of something, with its facts. */
function own<T extends string, F extends z.ZodType>(type: T, facts: F) {
  return z.object({ ...HEADERS, type: z.literal(type), facts });
}

/** `crowded`: more have asked than an ISO looks at in an hour. */
const JOIN_FORM = { name: z.string(), phone: z.string(), language: z.string(), crowded: z.literal(true).optional() };

/** Every event that is recorded and routed, by its type, with the facts that it carries. */
export const EVENT = z.discriminatedUnion('type', [
  organisation('user_add_org'),
  organisation('user_active_org'),
  organisation('user_leave_org'),
  /**
   * DingTalk says who that is, asked at `askedAt`; asked for an invitation, it is about that `association`. `came`: asked because they
   * came into the organisation.
   */
  own(
    'member.found',
    z.object({
      askedAt: TIME,
      mobile: z.string().optional(),
      association: z.string().optional(),
      came: z.literal(true).optional(),
    }),
  ),
  /** DingTalk knows nobody of that userId in the organisation. */
  own('member.gone', z.object({ askedAt: TIME })),
  /** DingTalk has asked the person. */
  own('invitation.sent', z.object({ association: z.string() })),
  /** DingTalk will not ask the person. */
  own('invitation.refused', z.object({ association: z.string(), problem: z.enum(INVITATION_PROBLEMS) })),
  /** Nobody decided, or answered, in time. `version` of the association then, as text: so 0.1.0 compares it. */
  own('association.overdue', z.object({ association: z.string(), version: z.string() })),
  /** Somebody has waited for an ISO for so long, or unsaid, that its admins are to be told of all who wait. */
  own('association.waits', z.object({ isoId: z.string() })),
  /** Somebody has waited for a test account, or its password, for so long that the admins are to be told again. */
  own('account.waits', z.object({ ask: z.string() })),
  /** Nobody has answered some of an ISO's invitations for so long that its admins are to be told. */
  own('invitations.unanswered', z.object({ isoId: z.string() })),
  /** DingTalk will not show a card of theirs, for a word on it. */
  own('card.refused', z.object({ outTrackId: z.string() })),
  /** Somebody filled in the public page, of an ISO's code or with the e-mail of an ISO. */
  own(
    'join.asked',
    z.union([z.object({ ...JOIN_FORM, isoId: z.string() }), z.object({ ...JOIN_FORM, isoEmail: z.string() })]),
  ),
  /** Something was taken on the page beside the chat for a place of a piece of work; its bytes are those of the upload `hash`. */
  own(
    'capture.taken',
    z.object({
      hash: z.string(),
      kind: z.enum(['photo', 'code', 'form']),
      work: z.object({ kind: z.string(), id: z.string() }),
      slot: z.string(),
      code: z.string().optional(),
      /** The code was typed, not scanned. */
      typed: z.literal(true).optional(),
      values: z
        .record(z.string(), z.union([z.string(), z.array(z.string()).readonly()]))
        .readonly()
        .optional(),
      /** Others of this person are still under way. */
      more: z.literal(true).optional(),
      /** Nobody looked at the page as it was sent. */
      unseen: z.literal(true).optional(),
    }),
  ),
  /** The person has left that page: what they took and filled in there is shown in the chat. */
  own('capture.left', z.object({})),
  /** The person tapped the navigation at the bottom of the chat. */
  own('quickEntry.tapped', z.object({ entry: z.enum(QUICK_ENTRIES) })),
]);

type AnyEvent = z.infer<typeof EVENT>;

export type EventType = AnyEvent['type'];
/** The event of one type, or of any of several. */
export type EventOf<T extends EventType> = Readonly<Extract<AnyEvent, { type: T }>>;
export type EventUpdate = EventOf<EventType>;

/** What an event of the product's own says, before it is recorded. */
export type Finding<E = AnyEvent> = E extends { type: unknown; facts: unknown }
  ? Readonly<Pick<E, 'type' | 'facts'>>
  : never;

/** Whether an event is something that its person has just done, and not what came of something. */
export function isTheirDoing(type: EventType): boolean {
  return type === 'quickEntry.tapped' || type === 'capture.taken' || type === 'capture.left';
}
