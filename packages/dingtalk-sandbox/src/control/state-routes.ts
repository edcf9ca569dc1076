import { randomUUID } from 'node:crypto';
import type Router from '@koa/router';
import { z } from 'zod';
import { readJson } from '../http/body.ts';
import { TemplateError } from '../template/template.ts';
import { type Fault, faultKindSchema, faultSchema } from '../world/faults.ts';
import { moveClock } from './clock.ts';
import { ControlError, notFound, shaped } from './control-error.ts';
import type { SandboxExtension } from './extension.ts';
import type { ControlParts } from './parts.ts';
import { reset } from './reset.ts';
import { atRest, timeoutMsSchema } from './rest.ts';

const idleSchema = z.object({ timeoutMs: timeoutMsSchema });
const resetSchema = z.strictObject({ now: z.number().int().min(0).optional() });
const appSchema = z.strictObject({ clientId: z.string().min(1), clientSecret: z.string().min(1) });
/** An export file as it is (with or without an id beside its own keys), or inside `template`, as text or object. */
const templateSchema = z
  .looseObject({
    templateId: z
      .string()
      .regex(/^[\w.-]{1,100}$/)
      .default(() => `${randomUUID()}.schema`),
    template: z.union([z.string(), z.record(z.string(), z.unknown())]).optional(),
    published: z.boolean().default(true),
  })
  .transform(({ templateId, template, published, ...rest }) => ({ templateId, published, template: template ?? rest }));
const faultsSchema = z.union([z.array(faultSchema).min(1), faultSchema]);

/** Statistics, rest, the clock, faults, templates, apps and reset. */
export function stateRoutes(router: Router, parts: ControlParts, extension: SandboxExtension): void {
  const { world, connections, bot, courier } = parts;
  router.get('/stats', (ctx) => {
    const userId = typeof ctx.query.userId === 'string' ? ctx.query.userId : undefined;
    if (userId !== undefined && world.people.find(userId) === undefined) throw notFound(`person ${userId}`);
    ctx.body = { ...world.counters.stats(userId), connections: connections.count() };
  });
  router.post('/idle', async (ctx) => {
    const { timeoutMs } = shaped(idleSchema, await readJson(ctx.req));
    const left = await atRest(world, bot, connections, timeoutMs);
    if (left.length > 0) {
      ctx.status = 408;
      ctx.body = { error: 'notIdle', message: `still under way: ${left.join('; ')}`, left };
      return;
    }
    ctx.body = { idle: true, waiting: courier.waiting() };
  });
  router.get('/clock', (ctx) => {
    ctx.body = { now: world.clock.now() };
  });
  router.post('/clock', async (ctx) => {
    ctx.body = await moveClock(world, bot, connections, await readJson(ctx.req));
  });
  router.get('/warnings', (ctx) => {
    ctx.body = world.warnings.list();
  });
  router.get('/traffic', (ctx) => {
    ctx.body = world.traffic.list();
  });
  router.delete('/traffic', (ctx) => {
    world.traffic.clear();
    ctx.body = { cleared: true };
  });
  router.get('/faults', (ctx) => {
    ctx.body = world.faults.list();
  });
  router.post('/faults', async (ctx) => {
    const asked = shaped(faultsSchema, await readJson(ctx.req));
    const faults = Array.isArray(asked) ? asked : [asked];
    ctx.body = { ids: faults.flatMap((fault) => (happensAtOnce(parts, fault) ? [] : [world.faults.add(fault)])) };
  });
  router.delete('/faults', (ctx) => {
    world.faults.clear();
    connections.endSilence();
    ctx.body = { cleared: true };
  });
  router.post('/faults/:kind', async (ctx) => {
    const body = shaped(z.record(z.string(), z.unknown()), await readJson(ctx.req));
    const fault = shaped(faultSchema, { ...body, kind: ctx.params.kind });
    ctx.body = { ids: happensAtOnce(parts, fault) ? [] : [world.faults.add(fault)] };
  });
  router.delete('/faults/:kind', (ctx) => {
    const kind = shaped(faultKindSchema, ctx.params.kind);
    world.faults.clear(kind);
    if (kind === 'silence') connections.endSilence();
    ctx.body = { cleared: true };
  });
  router.post('/templates', async (ctx) => {
    const { templateId, template, published } = shaped(templateSchema, await readJson(ctx.req, 8_000_000));
    const source = typeof template === 'string' ? template : JSON.stringify(template);
    try {
      world.templates.save(templateId, source, published);
    } catch (thrown) {
      if (thrown instanceof TemplateError) throw new ControlError(400, 'badTemplate', thrown.message);
      throw thrown;
    }
    ctx.body = { templateId };
  });
  router.post('/apps', async (ctx) => {
    const { clientId, clientSecret } = shaped(appSchema, await readJson(ctx.req));
    world.apps.add(clientId, clientSecret);
    ctx.body = { clientId };
  });
  router.post('/reset', async (ctx) => {
    const { now } = shaped(resetSchema, await readJson(ctx.req));
    ctx.body = await reset(parts, extension, now);
  });
}

/** Four faults are things that happen now, not rules for later. */
function happensAtOnce({ world, connections }: ControlParts, fault: Fault): boolean {
  switch (fault.kind) {
    case 'disconnect':
      connections.disconnect(fault.connections);
      return true;
    case 'closeSocket':
      connections.cut(fault.connections);
      return true;
    case 'silence':
      connections.silence(fault.connections);
      return true;
    case 'tokenExpired':
      world.apps.expireTokens();
      return true;
    default:
      return false;
  }
}
