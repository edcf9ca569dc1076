import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { cardError, newApiError } from '../http/api-errors.ts';
import type { World } from '../world/world.ts';
import type { ApiAnswer, ApiCall } from './call.ts';

const registerSchema = z.object({
  callbackRouteKey: z.string().default(''),
  callbackUrl: z.string().default(''),
  apiSecret: z.string().default(() => randomBytes(16).toString('hex')),
  forceUpdate: z.boolean().default(false),
});

/** `POST /v1.0/card/callbacks/register`: an address for cards of `callbackType` HTTP; one a key, unless it is forced. */
export function registerCallback(world: World, call: ApiCall): ApiAnswer {
  const asked = registerSchema.safeParse(call.body);
  if (!asked.success) throw cardError('param.invalid', z.prettifyError(asked.error));
  const { callbackRouteKey, callbackUrl, apiSecret, forceUpdate } = asked.data;
  if (callbackRouteKey === '') throw cardError('param.callbackRouteKeyEmpty');
  if (callbackUrl === '') throw cardError('param.callbackUrlEmpty');
  if (!forceUpdate && world.cardCallbacks.find(call.clientId, callbackRouteKey) !== undefined) {
    throw newApiError(500, 'param.callbackRouteKeyExist');
  }
  world.cardCallbacks.save(call.clientId, callbackRouteKey, { callbackUrl, apiSecret });
  return { body: { success: true, result: { callbackUrl, apiSecret } }, forUsers: [] };
}
