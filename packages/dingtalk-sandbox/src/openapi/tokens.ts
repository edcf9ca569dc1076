import { z } from 'zod';
import { newApiError, oldApiError } from '../http/api-errors.ts';
import { TOKEN_LIFE_S } from '../store/apps.ts';
import type { World } from '../world/world.ts';
import type { ApiAnswer, ApiCall } from './call.ts';

const askedSchema = z.object({ appKey: z.string().min(1), appSecret: z.string().min(1) });

/** `POST /v1.0/oauth2/accessToken` */
export function newToken(world: World, call: ApiCall): ApiAnswer {
  const asked = askedSchema.safeParse(call.body);
  if (!asked.success) throw newApiError(400, 'invalidParameter', 'appKey and appSecret are required');
  if (!world.apps.accepts(asked.data.appKey, asked.data.appSecret)) {
    throw newApiError(400, 'invalidClientIdOrSecret', 'invalid appKey or appSecret');
  }
  return { body: { accessToken: world.apps.token(asked.data.appKey), expireIn: TOKEN_LIFE_S }, forUsers: [] };
}

/** `POST /v1.0/oauth2/jsapiTickets` */
export function pageTicket(world: World, call: ApiCall): ApiAnswer {
  const { ticket, lifeS } = world.apps.pageTicket(call.clientId);
  return { body: { jsapiTicket: ticket, expireIn: lifeS }, forUsers: [] };
}

const grantSchema = z.object({
  client_id: z.string().default(''),
  client_secret: z.string().default(''),
  grant_type: z.string().default(''),
});

/** `POST /v1.0/oauth2/{corpId}/token`, for any organisation: there is one here. */
export function corpToken(world: World, call: ApiCall): ApiAnswer {
  const { data: asked } = grantSchema.safeParse(call.body);
  if (asked?.grant_type !== 'client_credentials') throw newApiError(400, 'unsupported.grant.type');
  if (!world.apps.accepts(asked.client_id, asked.client_secret)) throw newApiError(400, 'invalid.client');
  return { body: { access_token: world.apps.token(asked.client_id), expires_in: TOKEN_LIFE_S }, forUsers: [] };
}

/** `GET /gettoken` */
export function oldToken(world: World, call: ApiCall): ApiAnswer {
  const clientId = call.query.get('appkey') ?? '';
  if (!world.apps.accepts(clientId, call.query.get('appsecret') ?? '')) {
    throw oldApiError(40089, '不合法的corpid或corpsecret,或者不合法的appkey或appsecret');
  }
  const body = { errcode: 0, errmsg: 'ok', access_token: world.apps.token(clientId), expires_in: TOKEN_LIFE_S };
  return { body, forUsers: [] };
}
