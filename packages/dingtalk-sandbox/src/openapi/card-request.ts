import { z } from 'zod';
import { cardError } from '../http/api-errors.ts';
import type { CardDelivery, ParamMap } from '../store/cards.ts';
import type { World } from '../world/world.ts';
import { checkedMap } from './card-values.ts';
import { dynamicDataConfigSchema } from './dynamic-data-config.ts';

/** The guide's; the table of errors says 64, which is a knob. */
const MAX_TRACK_ID = 100;
const MAX_OPEN_SPACE_ID = 1_000;

const SPACES = ['IM_ROBOT', 'IM_GROUP', 'ONE_BOX'] as const;

const cardDataSchema = z.object({ cardParamMap: z.record(z.string(), z.unknown()).optional() }).optional();
const spaceModelSchema = z
  .object({
    supportForward: z.boolean(),
    lastMessageI18n: z.record(z.string(), z.string()).optional(),
    notification: z
      .object({ alertContent: z.string().optional(), notificationOff: z.boolean().optional() })
      .loose()
      .optional(),
  })
  .loose();

/** The fields of the four card calls that the sandbox looks at (dingtalk 3.2); what is missing is checked by name below. */
const cardRequestSchema = z.object({
  cardTemplateId: z.string().optional(),
  outTrackId: z.string().optional(),
  callbackType: z.enum(['STREAM', 'HTTP']).optional(),
  userIdType: z.union([z.literal(1), z.literal(2)]).optional(),
  cardData: cardDataSchema,
  privateData: z
    .record(z.string(), z.object({ cardParamMap: z.record(z.string(), z.unknown()).optional() }))
    .optional(),
  cardUpdateOptions: z
    .object({ updateCardDataByKey: z.boolean().optional(), updatePrivateDataByKey: z.boolean().optional() })
    .optional(),
  /** Who created the card. */
  userId: z.string().optional(),
  openDynamicDataConfig: dynamicDataConfigSchema,
  imRobotOpenSpaceModel: spaceModelSchema.optional(),
  imGroupOpenSpaceModel: spaceModelSchema.optional(),
  topOpenSpaceModel: z.object({ spaceType: z.literal('ONE_BOX') }).optional(),
  openSpaceId: z.string().optional(),
  imRobotOpenDeliverModel: z
    .object({ spaceType: z.string().optional(), robotCode: z.string().optional() })
    .loose()
    .optional(),
  imGroupOpenDeliverModel: z
    .object({ robotCode: z.string().optional(), recipients: z.array(z.string()).optional() })
    .loose()
    .optional(),
  /** A card at the top of a chat: until when, and who sees it. */
  topOpenDeliverModel: z
    .object({ expiredTimeMillis: z.number().optional(), userIds: z.array(z.string()).optional() })
    .loose()
    .optional(),
});

export type CardRequest = z.infer<typeof cardRequestSchema>;
export interface Space {
  readonly type: CardDelivery['spaceType'];
  readonly id: string;
}

export function parseCardRequest(body: unknown): CardRequest {
  const parsed = cardRequestSchema.safeParse(body);
  if (!parsed.success) throw cardError('param.invalid', z.prettifyError(parsed.error));
  return parsed.data;
}

export function checkedTrackId(world: World, request: CardRequest): string {
  const { outTrackId } = request;
  if (!outTrackId) throw cardError('param.outTrackIdEmpty');
  const most = world.faults.take('trackIdLimit')?.length ?? MAX_TRACK_ID;
  if (outTrackId.length > most) throw cardError('outTrackId.outOfLimit', `longer than ${most}`);
  return outTrackId;
}

/** The creator, where the call names one, is a person of the organisation. */
export function checkCreator(world: World, { userId, userIdType = 1 }: CardRequest): void {
  if (userId === '') throw cardError('param.userIdEmpty');
  if (userId !== undefined) personId(world, userId, userIdType);
}

/** Private data by userId, whichever sort of id the call uses. */
export function checkedPrivate(world: World, request: CardRequest): Record<string, ParamMap> | undefined {
  if (request.privateData === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(request.privateData).map(([id, { cardParamMap }]) => [
      personId(world, id, request.userIdType ?? 1),
      checkedMap(world, cardParamMap ?? {}),
    ]),
  );
}

/** `dtv1.card//SPACE.id[;SPACE.id…]`, in any case, with a `;` at its end as in an official example; played are chats with the robot, groups, and the top of either. */
export function parseSpaces(openSpaceId: string | undefined): Space[] {
  if (!openSpaceId) throw cardError('param.openSpaceIdEmpty');
  const prefix = 'dtv1.card//';
  if (openSpaceId.length > MAX_OPEN_SPACE_ID || !openSpaceId.toLowerCase().startsWith(prefix)) {
    throw cardError('param.openSpaceIdInvalid');
  }
  return openSpaceId
    .slice(prefix.length)
    .replace(/;$/, '')
    .split(';')
    .map((part) => {
      const [, type = '', id] = /^(im_robot|im_group|one_box)\.(.+)$/i.exec(part) ?? [];
      const played = SPACES.find((space) => space === type.toUpperCase());
      if (played === undefined || id === undefined) throw cardError('param.openSpaceIdInvalid', part);
      return { type: played, id };
    });
}

/** The person's userId; unknown people, and those outside the organisation, are refused. */
export function personId(world: World, id: string, userIdType: 1 | 2): string {
  const person = userIdType === 2 ? world.people.byUnionId(id) : world.people.find(id);
  if (person?.state !== 'joined') throw cardError('param.userIdNotExist', id);
  return person.userId;
}
