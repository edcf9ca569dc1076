import { BASE } from './bot.ts';

/** In which the browser sends later what waits; not in every browser. */
interface WithSync {
  readonly sync?: { register(tag: string): Promise<void> };
}

/** Has the page kept, so that it opens without a network; where the browser can do that (a web view of an iPhone cannot). */
export async function keepWithoutNetwork(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  try {
    const scope = new URL('scan', BASE).pathname;
    await navigator.serviceWorker.register(new URL('scan/sw.js', BASE), { scope, updateViaCache: 'none' });
    const { active } = await navigator.serviceWorker.ready;
    const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
    const files = loaded.filter((name) => name.startsWith(new URL('scan/files/', BASE).href));
    active?.postMessage([location.href.replace(/#.*/, ''), ...files]);
    await navigator.storage?.persist?.();
  } catch {
    // the page needs a network then, as any other
  }
}

/** Asks the browser to have the worker send what waits as soon as it can, though the page is closed. */
export async function wantsSync(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  try {
    await ((await navigator.serviceWorker.ready) as WithSync).sync?.register('scan');
  } catch {
    // it is sent when the page is open
  }
}
