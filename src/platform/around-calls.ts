import type { Platform, PlatformCall } from './platform.ts';

/** The same platform with `around` standing around each call. */
export function aroundCalls(
  platform: Platform,
  around: <Answer>(call: PlatformCall, send: () => Promise<Answer>) => Promise<Answer>,
): Platform {
  return {
    fetchFile: (url, limits) => platform.fetchFile(url, limits),
    createAndDeliver: (card) => around('createAndDeliver', () => platform.createAndDeliver(card)),
    deliver: (card) => around('deliver', () => platform.deliver(card)),
    updateCard: (update) => around('updateCard', () => platform.updateCard(update)),
    downloadUrl: (code) => around('downloadUrl', () => platform.downloadUrl(code)),
    uploadImage: (image) => around('uploadImage', () => platform.uploadImage(image)),
    invite: (person) => around('invite', () => platform.invite(person)),
    contactOf: (userId) => around('contactOf', () => platform.contactOf(userId)),
    userByCode: (code) => around('userByCode', () => platform.userByCode(code)),
  };
}
