/**
 * Where an admin sees the photos of an item in DingTalk; undefined where phones do not reach the bot, or while nobody knows in which
 * organisation it is. `address` is where they reach it, without a slash at the end.
 */
export function photosAddress(
  address: string | undefined,
  corpId: string | undefined,
): ((itemRef: string) => string) | undefined {
  if (address === undefined || corpId === undefined) return undefined;
  return (itemRef) => `${address}/go/photos/${encodeURIComponent(itemRef)}?corpId=${encodeURIComponent(corpId)}`;
}
