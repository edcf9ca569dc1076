import type { Bill } from './bill.ts';
import type { Platform, PlatformCall } from './platform.ts';

/** The same platform with `around` standing around each call; what DingTalk does not count has no bill. */
export function aroundCalls(
  platform: Platform,
  around: <Answer>(call: PlatformCall, send: () => Promise<Answer>, bill?: Bill) => Promise<Answer>,
): Platform {
  return {
    fetchFile: (url, limits) => platform.fetchFile(url, limits),
    createAndDeliver: (card, bill) => around('createAndDeliver', () => platform.createAndDeliver(card, bill), bill),
    deliver: (card, bill) => around('deliver', () => platform.deliver(card, bill), bill),
    updateCard: (update, bill) => around('updateCard', () => platform.updateCard(update, bill), bill),
    downloadUrl: (code, bill) => around('downloadUrl', () => platform.downloadUrl(code, bill), bill),
    uploadImage: (image, bill) => around('uploadImage', () => platform.uploadImage(image, bill), bill),
    uploadFile: (file, bill) => around('uploadFile', () => platform.uploadFile(file, bill), bill),
    sendFile: (file, bill) => around('sendFile', () => platform.sendFile(file, bill), bill),
    createTodo: (todo, bill) => around('createTodo', () => platform.createTodo(todo, bill), bill),
    updateTodo: (change, bill) => around('updateTodo', () => platform.updateTodo(change, bill), bill),
    findTodo: (asked, bill) => around('findTodo', () => platform.findTodo(asked, bill), bill),
    invite: (person) => around('invite', () => platform.invite(person)),
    contactOf: (userId) => around('contactOf', () => platform.contactOf(userId)),
    userByCode: (code) => around('userByCode', () => platform.userByCode(code)),
    pageTicket: () => around('pageTicket', () => platform.pageTicket()),
  };
}
