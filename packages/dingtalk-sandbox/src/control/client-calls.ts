import { setTimeout as after } from 'node:timers/promises';
import { z } from 'zod';
import type { JsapiAnswer } from '../protocol/web-view.ts';
import { freshCode } from '../samples/code.ts';
import type { World } from '../world/world.ts';
import { ControlError, notFound, shaped } from './control-error.ts';
import { allowsPage } from './page-permission.ts';

const PERMISSION = 'runtime.permission.requestJsApis';

const callSchema = z.object({
  name: z.enum([PERMISSION, 'biz.util.scan', 'device.geolocation.get']),
  params: z.record(z.string(), z.unknown()).default({}),
  /** Where the page is, without what follows `#`. */
  page: z.string().default(''),
  /** Whether the client has let this page make such calls. */
  isAllowed: z.boolean().default(false),
});

/** What is scanned (DKB 0855). */
const SCANNED: readonly unknown[] = ['qrCode', 'barCode', 'all'];

/**
 * What the client answers by itself; or, of a scan, the code that lies before the person, who is asked; or that it is where this machine
 * says.
 */
export type ClientCallAnswer = JsapiAnswer['answer'] | { readonly code: string } | { readonly place: 'ofMachine' };

/** A JSAPI call that a page makes in a person's client (dingtalk 3.5): what a knob says comes of it, else what is documented. */
export async function clientCall(world: World, userId: string, body: unknown): Promise<ClientCallAnswer> {
  const { name, params, page, isAllowed } = shaped(callSchema, body);
  const person = world.people.find(userId);
  if (person === undefined) throw notFound(`person ${userId}`);
  if (person.state !== 'joined') throw new ControlError(403, 'notJoined', `${userId} is outside`);
  if (name === PERMISSION) return allowsPage(world, page, params);
  if (name === 'device.geolocation.get' && !isAllowed)
    return { errorCode: '3', errorMessage: 'the page was not allowed by dd.config' };
  const knob = world.faults.take('jsapi', { userId, name });
  if (knob?.delayMs !== undefined) await after(knob.delayMs);
  const { errorCode, errorMessage = '', result } = knob ?? {};
  if (errorCode !== undefined) return { errorCode, errorMessage };
  if (result !== undefined) return { errorCode: '0', result };
  if (name === 'device.geolocation.get') return { place: 'ofMachine' };
  return SCANNED.includes(params.type ?? 'all')
    ? { code: freshCode(Math.random) }
    : { errorCode: '2', errorMessage: `nothing is scanned as ${String(params.type)}` };
}
