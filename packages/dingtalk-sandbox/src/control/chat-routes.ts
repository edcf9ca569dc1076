import type Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { cardAsSeen } from '../chat/viewing.ts';
import { isMultipart, readJson, readMultipart } from '../http/body.ts';
import { pullDynamicData } from '../push/dynamic-data.ts';
import { tapCard } from './actions.ts';
import { clientCall } from './client-calls.ts';
import { notFound, shaped } from './control-error.ts';
import { readConversation } from './conversations.ts';
import type { SandboxExtension } from './extension.ts';
import { sendFile } from './files.ts';
import { invokeGraph } from './graph.ts';
import { sendMessage } from './messages.ts';
import type { ControlParts } from './parts.ts';
import { addGroup, addPerson, asPerson, authCodeFor, join, leave } from './people.ts';

const MAX_MESSAGE_BYTES = 200 * 1024 * 1024;

const messageFields = {
  from: z.string(),
  to: z.string().optional(),
  text: z.string().optional(),
  app: z.string().optional(),
};
const messageSchema = z.union([
  z.strictObject({ repeatOf: z.string() }),
  z.strictObject({
    ...messageFields,
    quote: z.string().optional(),
    at: z.array(z.string()).optional(),
    unknown: z.string().min(1).optional(),
    outside: z.boolean().optional(),
  }),
]);
const partsSchema = z.object({
  ...messageFields,
  recognition: z.string().optional(),
  durationMs: z.coerce.number().int().min(0).optional(),
  outside: z.stringbool().optional(),
});
const PARTS: readonly string[] = ['picture', 'file', 'audio', 'video'];
const renderSchema = z.object({ userId: z.string() });
const querySchema = z.object({
  viewer: z.string().optional(),
  after: z.coerce.number().int().min(0).default(0),
  wait: z.coerce.number().int().min(0).default(0),
});

/** People, groups, messages, cards and what stands in the chats. */
export function chatRoutes(router: Router, parts: ControlParts, extension: Pick<SandboxExtension, 'afterTap'>): void {
  const { world, courier } = parts;
  router.get('/users', (ctx) => {
    ctx.body = world.people.all().map((person) => ({
      ...asPerson(person),
      unionId: person.unionId,
      mobile: person.mobile,
      state: person.state,
    }));
  });
  router.post('/users', async (ctx) => {
    ctx.body = addPerson(world, await readJson(ctx.req));
  });
  router.post('/users/:userId/join', (ctx) => {
    ctx.body = join(world, courier, param(ctx, 'userId'));
  });
  router.post('/users/:userId/leave', (ctx) => {
    ctx.body = leave(world, courier, param(ctx, 'userId'));
  });
  router.post('/users/:userId/auth-codes', async (ctx) => {
    ctx.body = authCodeFor(world, param(ctx, 'userId'), await readJson(ctx.req));
  });
  router.post('/users/:userId/client-calls', async (ctx) => {
    ctx.body = await clientCall(world, param(ctx, 'userId'), await readJson(ctx.req));
  });
  router.get('/users/:userId/todos', (ctx) => {
    const person = world.people.find(param(ctx, 'userId'));
    if (person === undefined) throw notFound(`person ${param(ctx, 'userId')}`);
    ctx.body = world.todos.all().filter(({ executorIds }) => executorIds.includes(person.unionId));
  });
  router.get('/groups', (ctx) => {
    ctx.body = world.people.groups();
  });
  router.post('/groups', async (ctx) => {
    ctx.body = addGroup(world, await readJson(ctx.req));
  });
  router.post('/messages', async (ctx) => {
    ctx.body = await message(parts, ctx);
  });
  router.post('/graph', async (ctx) => {
    ctx.body = await invokeGraph(world, courier, await readJson(ctx.req));
  });
  router.get('/cards/:outTrackId', (ctx) => {
    const outTrackId = param(ctx, 'outTrackId');
    const card = cardAsSeen(world, outTrackId, String(ctx.query.viewer ?? ''));
    if (card === undefined) throw notFound(`card ${outTrackId}`);
    ctx.body = card;
  });
  router.get('/cards/:outTrackId/template', (ctx) => {
    const card = world.cards.find(param(ctx, 'outTrackId'));
    const template = card && world.templates.find(card.templateId);
    if (template === undefined) throw notFound(`card ${param(ctx, 'outTrackId')}`);
    ctx.body = template;
  });
  router.post('/cards/:outTrackId/renders', async (ctx) => {
    const { userId } = shaped(renderSchema, await readJson(ctx.req));
    const card = world.cards.find(param(ctx, 'outTrackId'));
    if (card === undefined) throw notFound(`card ${param(ctx, 'outTrackId')}`);
    if (world.people.find(userId) === undefined) throw notFound(`person ${userId}`);
    ctx.body = await world.activity.during(`${userId} draws a card`, () =>
      pullDynamicData(world, courier, card, userId),
    );
  });
  router.post('/cards/:outTrackId/actions', async (ctx) => {
    const afterTap = extension.afterTap?.bind(extension);
    ctx.body = await tapCard(parts, param(ctx, 'outTrackId'), await readJson(ctx.req), afterTap);
  });
  router.get('/conversations/:id', async (ctx) => {
    const { viewer, after, wait } = shaped(querySchema, ctx.query);
    const gone = new AbortController();
    ctx.req.once('close', () => gone.abort());
    ctx.res.once('close', () => gone.abort());
    ctx.body = await readConversation(world, { id: param(ctx, 'id'), viewer, after, waitMs: wait }, gone.signal);
  });
  router.get('/files/:downloadCode', (ctx) => {
    const code = param(ctx, 'downloadCode');
    sendFile(ctx, world.files.find(code) ?? world.files.media(code));
  });
  router.get('/media/:mediaId', (ctx) => sendFile(ctx, world.files.media(param(ctx, 'mediaId'))));
}

async function message({ world, courier }: ControlParts, ctx: Context): Promise<{ msgId: string }> {
  if (isMultipart(ctx.req)) {
    const { fields, files } = await readMultipart(ctx.req, MAX_MESSAGE_BYTES);
    const named = shaped(partsSchema, Object.fromEntries(fields));
    return sendMessage(world, courier, { ...named, parts: files.filter(({ name }) => PARTS.includes(name)) });
  }
  const asked = shaped(messageSchema, await readJson(ctx.req));
  if (!('repeatOf' in asked)) return sendMessage(world, courier, { ...asked, parts: [] });
  if (!courier.repeat(asked.repeatOf)) throw notFound(`message ${asked.repeatOf}`);
  return { msgId: asked.repeatOf };
}

function param(ctx: { params: Record<string, string> }, name: string): string {
  return ctx.params[name] ?? '';
}
