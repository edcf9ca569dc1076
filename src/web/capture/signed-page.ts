import { createHash } from 'node:crypto';
import type { Platform } from '../../platform/platform.ts';
import type { CaptureSignature } from './client/protocol.ts';

/** Asked for again this long before it ends. */
const EARLY_MS = 300_000;
/** What the page is opened with: what stands there needs no other spelling, so that it is signed as it is. */
const PLAIN_QUERY = /^\?[\w=&-]{1,300}$/;
const CORP_ID = /[?&]corpId=([\w-]{1,64})(?:&|$)/;

export interface SignedPageOptions {
  /** Where phones reach the page, without a slash at the end. */
  readonly address: string;
  readonly agentId: string | undefined;
  readonly platform: Pick<Platform, 'pageTicket'>;
  /** Real time, milliseconds. */
  readonly machine: () => number;
  readonly newNonce: () => string;
}

/**
 * Signs the page of captures for DingTalk's client (`dd.config`, dingtalk 3.5), and no other: `search` is its query. Undefined without an
 * AgentId, and for a query that the page is not opened with.
 */
export function createSignedPage({ address, agentId, platform, machine, newNonce }: SignedPageOptions) {
  let kept: { readonly ticket: string; readonly freshUntil: number } | undefined;

  async function ticket(): Promise<string> {
    if (kept !== undefined && machine() < kept.freshUntil) return kept.ticket;
    const { ticket: fresh, lifeMs } = await platform.pageTicket();
    kept = { ticket: fresh, freshUntil: machine() + lifeMs - Math.min(EARLY_MS, lifeMs / 2) };
    return fresh;
  }

  return async (search: string): Promise<CaptureSignature | undefined> => {
    const [, corpId] = (PLAIN_QUERY.test(search) && CORP_ID.exec(search)) || [];
    if (agentId === undefined || corpId === undefined) return undefined;
    const [nonceStr, timeStamp] = [newNonce(), String(machine())];
    const signed = { jsapi_ticket: await ticket(), noncestr: nonceStr, timestamp: timeStamp };
    const plain = Object.entries({ ...signed, url: `${address}/go/scan${search}` }).map(
      ([name, value]) => `${name}=${value}`,
    );
    const signature = createHash('sha256').update(plain.join('&')).digest('hex');
    return { agentId, corpId, timeStamp, nonceStr, signature };
  };
}
