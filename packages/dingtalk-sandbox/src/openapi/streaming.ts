import { z } from 'zod';
import { cardError } from '../http/api-errors.ts';
import { viewerOf } from '../store/cards.ts';
import { variableOf } from '../template/bindings.ts';
import type { CardTemplate, TemplateNode } from '../template/template.ts';
import type { World } from '../world/world.ts';
import type { ApiAnswer, ApiCall } from './call.ts';

/** States of an AI card (dingtalk 4.6). */
const WRITING = '2';
const DONE = '3';
const FAILED = '5';

const streamSchema = z.object({
  outTrackId: z.string().optional(),
  guid: z.string().optional(),
  key: z.string().optional(),
  content: z.string().optional(),
  isFull: z.boolean().nullish(),
  isFinalize: z.boolean().nullish(),
  isError: z.boolean().nullish(),
});

/**
 * `PUT /v1.0/card/streaming`: writes on one variable of an AI card, whole or what is new of it, and moves the card's state with it.
 * An empty text is taken, as the official examples send it to begin; a `guid` that was just there changes nothing.
 */
export function streamCard(world: World, call: ApiCall): ApiAnswer {
  const asked = streamSchema.safeParse(call.body);
  if (!asked.success) throw cardError('param.invalid', z.prettifyError(asked.error));
  const { outTrackId, guid, key, content, isFull, isFinalize, isError } = asked.data;
  if (!outTrackId) throw cardError('param.stream.outTrackId');
  if (!guid) throw cardError('param.stream.guidEmpty');
  if (!key) throw cardError('param.stream.keyEmpty');
  if (content === undefined) throw cardError('param.stream.contentEmpty');
  const card = world.cards.find(outTrackId);
  const template = card && world.templates.find(card.templateId);
  if (template === undefined || card?.clientId !== call.clientId) throw cardError('param.cardNotExist');
  const isMarkdown = template.variables.some(({ name, type }) => name === key && type === 'markdown');
  if (isMarkdown && isFull !== true) throw cardError('param.stream.isFull', 'a markdown variable is sent in full');
  const answer = { body: { success: true, result: true }, forUsers: [viewerOf(card)].filter((id) => id !== undefined) };
  if (world.cards.streamedLast(outTrackId) === guid) return answer;
  const written = isFull ? content : `${card.publicData[key] ?? ''}${content}`;
  const state = isError ? FAILED : isFinalize ? DONE : WRITING;
  const publicData = { ...card.publicData, [key]: written, [stateVariable(template)]: state };
  world.cards.save({ ...card, publicData });
  world.cards.streamed(outTrackId, guid);
  world.chat.cardChanged(outTrackId);
  return answer;
}

/** The variable in which an AI template keeps its state. */
function stateVariable({ roots }: CardTemplate): string {
  const all = (node: TemplateNode): readonly TemplateNode[] => [node, ...node.children.flatMap(all)];
  const container = roots.flatMap(all).find((node) => node.componentName === 'AICardContainer');
  return variableOf(container?.props.flowStatusVar) || 'flowStatus';
}
