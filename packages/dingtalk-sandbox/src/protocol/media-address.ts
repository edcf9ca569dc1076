/** Where the chat page finds an uploaded picture (`@…`). */
export function mediaAddress(mediaId: string): string {
  return `/sandbox/api/media/${encodeURIComponent(mediaId)}`;
}
