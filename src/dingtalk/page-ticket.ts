import type { PageTicket } from '../platform/platform.ts';
import { callSdk } from './call.ts';
import { banned } from './refusal.ts';
import type { Sdk } from './sdk.ts';

export const PAGE_TICKET_PATH = '/v1.0/oauth2/jsapiTickets';

/** `POST /v1.0/oauth2/jsapiTickets` (dingtalk 3.5): by which the app signs its pages. */
export async function pageTicket(sdk: Sdk, token: string): Promise<PageTicket> {
  const headers = new sdk.tokenModels.CreateJsapiTicketHeaders({ xAcsDingtalkAccessToken: token });
  const { body } = await callSdk(() => sdk.tokens.createJsapiTicketWithOptions(headers, sdk.runtime()));
  if (body?.jsapiTicket === undefined) throw banned();
  return { ticket: body.jsapiTicket, lifeMs: (body.expireIn ?? 0) * 1_000 };
}
