import { randomUUID } from 'node:crypto';
import { cardError } from '../http/api-errors.ts';
import { type CardDelivery, patched, type SandboxCard, viewerOf } from '../store/cards.ts';
import { countPictures } from '../world/count-pictures.ts';
import { ofDirectChat } from '../world/direct-chat.ts';
import { noteOddValues } from '../world/odd-values.ts';
import type { World } from '../world/world.ts';
import {
  type CardRequest,
  checkCreator,
  checkedPrivate,
  checkedTrackId,
  parseCardRequest,
  parseSpaces,
  personId,
  type Space,
} from './card-request.ts';
import { checkedMap, checkedSize } from './card-values.ts';
import { checkedSources } from './dynamic-data-config.ts';

export const CARD_PATHS = {
  instances: '/v1.0/card/instances',
  createAndDeliver: '/v1.0/card/instances/createAndDeliver',
  deliver: '/v1.0/card/instances/deliver',
} as const;

export interface CardAnswer {
  readonly body: { readonly success: true; readonly result: unknown };
  /** Whose chat it concerns, for the statistics. */
  readonly forUsers: readonly string[];
}

/** `POST /v1.0/card/instances`: a card that stands nowhere yet. */
export function createCard(world: World, clientId: string, body: unknown): CardAnswer {
  const card = world.db.transaction(() => create(world, clientId, parseCardRequest(body), []));
  return { body: { success: true, result: card.outTrackId }, forUsers: [] };
}

/** `POST …/createAndDeliver`. Repeated with equal content it answers as before and delivers nothing again (dingtalk 3.2). */
export function createAndDeliver(world: World, clientId: string, body: unknown): CardAnswer {
  const request = parseCardRequest(body);
  return world.db.transaction(() => {
    const spaces = checkedSpaces(world, clientId, request);
    const card = create(world, clientId, request, spaces);
    const delivered = card.deliveries.length > 0 ? card : deliverTo(world, card, request, spaces);
    return {
      body: { success: true, result: { outTrackId: card.outTrackId, deliverResults: delivered.deliveries } },
      forUsers: people(spaces),
    };
  });
}

/** `POST …/deliver`: puts a card that exists into a space that it owns; where it stands already it stays. */
export function deliverCard(world: World, clientId: string, body: unknown): CardAnswer {
  const request = parseCardRequest(body);
  return world.db.transaction(() => {
    const card = known(world, clientId, checkedTrackId(world, request));
    const spaces = checkedSpaces(world, clientId, request);
    const foreign = spaces.find((space) => !card.spaces.includes(space.type));
    if (foreign !== undefined) throw cardError('param.spaceDeliverModelError', `the card has no space ${foreign.type}`);
    const delivered = deliverTo(world, card, request, spaces);
    const results = delivered.deliveries.filter((one) => spaces.some((space) => isAt(one, space)));
    return { body: { success: true, result: results }, forUsers: people(spaces) };
  });
}

/** `PUT /v1.0/card/instances`: overwrites, or merges by key when asked to. */
export function updateCard(world: World, clientId: string, body: unknown): CardAnswer {
  const request = parseCardRequest(body);
  return world.db.transaction(() => {
    const card = known(world, clientId, checkedTrackId(world, request));
    const publicMap = request.cardData?.cardParamMap;
    const privateData = checkedPrivate(world, request);
    if (publicMap === undefined && privateData === undefined) throw cardError('param.cardDataAndPrivateDataBothEmpty');
    const next = patched(card, {
      publicData: publicMap && checkedMap(world, publicMap),
      privateData,
      publicByKey: request.cardUpdateOptions?.updateCardDataByKey === true,
      privateByKey: request.cardUpdateOptions?.updatePrivateDataByKey === true,
    });
    checkedSize(next.publicData);
    world.cards.save(next);
    noteValues(world, next);
    countPictures(world, next);
    world.chat.cardChanged(card.outTrackId);
    const viewer = viewerOf(card);
    return { body: { success: true, result: true }, forUsers: viewer === undefined ? [] : [viewer] };
  });
}

function create(world: World, clientId: string, request: CardRequest, spaces: readonly Space[]): SandboxCard {
  const templateId = request.cardTemplateId;
  if (!templateId) throw cardError('param.cardTemplateIdEmpty');
  const outTrackId = checkedTrackId(world, request);
  if (request.cardData?.cardParamMap === undefined) throw cardError('param.cardPublicDataEmpty');
  const publicData = checkedMap(world, request.cardData.cardParamMap);
  const privateData = checkedPrivate(world, request) ?? {};
  checkCreator(world, request);
  const sources = checkedSources(request.openDynamicDataConfig);
  const state = world.templates.state(templateId);
  if (state === 'unknown') throw cardError('param.templateNotExist');
  if (state === 'unpublished') throw cardError('param.templateUnpublished');
  const owned = ownedSpaces(request);
  const missing = spaces.find((space) => !owned.includes(space.type));
  if (missing !== undefined) throw cardError('param.openSpaceModelInvalid', `no space model for ${missing.type}`);
  const createdWith = canonical({ clientId, templateId, publicData, privateData, spaces });
  const existing = world.cards.find(outTrackId);
  if (existing !== undefined) {
    const isOther = existing.createdWith !== createdWith;
    if (isOther && !world.faults.take('silentRepeat', { userId: viewerOf(existing) })) {
      throw cardError('param.cardAlreadyExist');
    }
    return existing;
  }
  const card: SandboxCard = {
    outTrackId,
    clientId,
    templateId,
    publicData,
    privateData,
    createdWith,
    stream: request.callbackType === 'STREAM',
    userIdType: request.userIdType ?? 1,
    spaces: owned,
    deliveries: [],
  };
  world.cards.save(card);
  if (sources.length > 0) world.dynamicData.keepSources(outTrackId, sources);
  noteValues(world, card);
  return card;
}

function noteValues(world: World, { templateId, publicData, privateData }: SandboxCard): void {
  for (const values of [publicData, ...Object.values(privateData)]) noteOddValues(world, templateId, values);
}

function deliverTo(world: World, card: SandboxCard, request: CardRequest, spaces: readonly Space[]): SandboxCard {
  const deliveries = [...card.deliveries];
  for (const space of spaces) {
    const index = deliveries.findIndex((one) => isAt(one, space));
    if (deliveries[index]?.success) continue;
    const failed = world.faults.take('undelivered', { userId: space.type === 'IM_ROBOT' ? space.id : undefined });
    const delivery: CardDelivery = {
      spaceType: space.type,
      spaceId: space.id,
      success: failed === undefined,
      carrierId: failed === undefined ? randomUUID() : '',
      errorMsg: failed === undefined ? '' : 'system busy',
    };
    if (index >= 0) deliveries[index] = delivery;
    else deliveries.push(delivery);
    if (!delivery.success) continue;
    const { imGroupOpenDeliverModel: group, topOpenDeliverModel: top } = request;
    const isTop = space.type === 'ONE_BOX';
    world.chat.add({
      conversationId: isTop ? (ofDirectChat(world, card.clientId, space.id) ?? space.id) : space.id,
      kind: 'card',
      at: world.clock.now(),
      from: 'bot',
      outTrackId: card.outTrackId,
      visibleTo: isTop ? top?.userIds : space.type === 'IM_GROUP' ? group?.recipients : undefined,
      topUntil: isTop ? top?.expiredTimeMillis : undefined,
    });
  }
  const delivered = { ...card, deliveries };
  world.cards.save(delivered);
  countPictures(world, delivered);
  return delivered;
}

/** The spaces of a delivery, each with its model and someone there; people by their userId. */
function checkedSpaces(world: World, clientId: string, request: CardRequest): Space[] {
  return parseSpaces(request.openSpaceId).map((space) => {
    if (space.type === 'IM_ROBOT') {
      const model = request.imRobotOpenDeliverModel;
      if (model === undefined) throw cardError('param.openDeliverModelEmpty');
      if (model.robotCode !== undefined && model.robotCode !== clientId) throw cardError('param.openDeliverModelError');
      return { type: space.type, id: personId(world, space.id, request.userIdType ?? 1) };
    }
    if (space.type === 'ONE_BOX') return checkedTop(world, clientId, request, space);
    const model = request.imGroupOpenDeliverModel;
    if (model === undefined) throw cardError('param.openDeliverModelEmpty');
    if (model.robotCode !== clientId) throw cardError('param.openDeliverModelError', 'robotCode');
    if (world.people.findGroup(space.id) === undefined) throw cardError('param.openSpaceIdInvalid', space.id);
    return space;
  });
}

/** The top of a chat: of a group, or of a person's own with the robot; a card there has an end. */
function checkedTop(world: World, clientId: string, { topOpenDeliverModel }: CardRequest, space: Space): Space {
  if (topOpenDeliverModel === undefined) throw cardError('param.openDeliverModelEmpty');
  if (topOpenDeliverModel.expiredTimeMillis === undefined) {
    throw cardError('param.openDeliverModelError', 'expiredTimeMillis');
  }
  const isThere = world.people.findGroup(space.id) ?? ofDirectChat(world, clientId, space.id);
  if (isThere === undefined) throw cardError('param.openSpaceIdInvalid', space.id);
  return space;
}

/** The kinds of chats that a call gives a card models for. */
export function ownedSpaces(request: CardRequest): CardDelivery['spaceType'][] {
  return [
    ...(request.imRobotOpenSpaceModel ? (['IM_ROBOT'] as const) : []),
    ...(request.imGroupOpenSpaceModel ? (['IM_GROUP'] as const) : []),
    ...(request.topOpenSpaceModel ? (['ONE_BOX'] as const) : []),
  ];
}

/** A card of this app. */
export function known(world: World, clientId: string, outTrackId: string): SandboxCard {
  const card = world.cards.find(outTrackId);
  if (card === undefined || card.clientId !== clientId) throw cardError('param.cardNotExist');
  return card;
}

function isAt(delivery: CardDelivery, space: Space): boolean {
  return delivery.spaceType === space.type && delivery.spaceId === space.id;
}

function people(spaces: readonly Space[]): string[] {
  return spaces.filter((space) => space.type === 'IM_ROBOT').map((space) => space.id);
}

/** JSON with sorted keys, so that equal content is equal text. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
