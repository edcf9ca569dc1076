import { z } from 'zod';
import type { QuickEntryLink } from '../protocol/page-protocol.ts';
import type { World } from '../world/world.ts';

const NAMES = z.record(z.string(), z.string());

/** What stands at the bottom of the chat with the seed's app, on a phone; an entry that leads nowhere there is not shown. */
export function quickEntriesOf(world: World): QuickEntryLink[] {
  return world.quickEntries.of(world.seed.app.clientId).flatMap(({ name, icon, mobileUrl }) => {
    const url = mobileUrl === undefined ? '' : pageIn(mobileUrl);
    return /^https?:/.test(url) && URL.canParse(url) ? [{ names: namesIn(name), icon, url }] : [];
  });
}

function namesIn(name: string): Readonly<Record<string, string>> {
  try {
    return NAMES.parse(JSON.parse(name));
  } catch {
    return { '*': name };
  }
}

/** A jump within DingTalk carries the page that it opens. */
function pageIn(address: string): string {
  if (!address.startsWith('dingtalk:') || !URL.canParse(address)) return address;
  return new URL(address).searchParams.get('url') ?? '';
}
