import { cardError } from '../http/api-errors.ts';
import { ofDirectChat } from '../world/direct-chat.ts';
import type { World } from '../world/world.ts';
import type { ApiAnswer, ApiCall } from './call.ts';
import { checkedTrackId, parseCardRequest } from './card-request.ts';
import { known, ownedSpaces } from './cards.ts';

/** `PUT /v1.0/card/instances/spaces`: kinds of chats that a card may stand in, besides those that it has. */
export function addSpaces(world: World, call: ApiCall): ApiAnswer {
  const request = parseCardRequest(call.body);
  const card = known(world, call.clientId, checkedTrackId(world, request));
  const added = ownedSpaces(request);
  if (added.length === 0) throw cardError('param.emptyAppendSpaces');
  world.cards.save({ ...card, spaces: [...new Set([...card.spaces, ...added])] });
  return { body: { success: true, result: true }, forUsers: [] };
}

/** `POST /v1.0/card/tops/close?outTrackId=&openConversationId=`: takes a card from the top of a chat. */
export function closeTop(world: World, call: ApiCall): ApiAnswer {
  const outTrackId = call.query.get('outTrackId') ?? '';
  const conversationId = call.query.get('openConversationId') ?? '';
  if (outTrackId === '') throw cardError('param.outTrackIdEmpty');
  const { deliveries } = known(world, call.clientId, outTrackId);
  const isThere = deliveries.some(({ spaceType, spaceId }) => spaceType === 'ONE_BOX' && spaceId === conversationId);
  if (!isThere) throw cardError('param.conversationIdInvalid');
  const chat = ofDirectChat(world, call.clientId, conversationId) ?? conversationId;
  world.chat.closeTop(chat, outTrackId, world.clock.now());
  return { body: { success: true, result: true }, forUsers: [] };
}
