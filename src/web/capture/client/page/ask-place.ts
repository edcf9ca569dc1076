import type { CapturePlace } from '../protocol.ts';
import { getSignature } from './bot.ts';
import { placeOfBrowser } from './place.ts';

/** Nobody waits longer for it. */
const PLACE_WITHIN_MS = 4_000;

type InDingTalk = Pick<typeof import('./in-dingtalk.ts'), 'letAsk' | 'placeOfPhone'>;

/** Where the phone is, by DingTalk's client, where the page is in one, and else by the browser. */
export function placeAsker(dingtalk: Promise<InDingTalk> | undefined) {
  /** Settled once the client was shown that this page may ask; where the bot signs none, the client refuses. */
  let shown: Promise<void> | undefined;

  async function showSignature(): Promise<void> {
    const signature = await getSignature();
    if (signature === 'noConnection') shown = undefined;
    else if ('signature' in signature) await (await dingtalk)?.letAsk(signature);
  }

  async function asked(): Promise<CapturePlace | undefined> {
    await shown;
    return (await (await dingtalk)?.placeOfPhone()) ?? (await placeOfBrowser());
  }

  return {
    /** Ahead of the first photo; again after there was no connection. */
    prepare(): void {
      if (dingtalk !== undefined) shown ??= showSignature();
    },
    async now(): Promise<CapturePlace | undefined> {
      const late = new Promise<undefined>((resolve) => setTimeout(resolve, PLACE_WITHIN_MS, undefined));
      return await Promise.race([asked(), late]);
    },
  };
}
