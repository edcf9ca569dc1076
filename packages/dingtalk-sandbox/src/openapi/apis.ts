import type { Api } from './call.ts';
import { CARD_PATHS, createAndDeliver, createCard, deliverCard, updateCard } from './cards.ts';
import { userCreate, userGet, userGetByMobile } from './contacts.ts';
import { mediaUpload } from './media.ts';
import { clearQuickEntries, QUICK_ENTRY_PATHS, queryQuickEntries, setQuickEntries } from './quick-entries.ts';
import { batchSend, groupSend, messageFileDownload, sendBySession } from './robot.ts';
import { userByAuthCode } from './sign-in.ts';
import { streamCard } from './streaming.ts';
import { newToken, oldToken } from './tokens.ts';

/** Every API that is played. Anything else is answered as an address that does not exist. */
export const APIS: readonly Api[] = [
  { method: 'POST', path: '/v1.0/oauth2/accessToken', token: 'none', billed: false, run: newToken },
  { method: 'GET', path: '/gettoken', token: 'none', billed: false, run: oldToken },
  {
    method: 'POST',
    path: CARD_PATHS.instances,
    token: 'new',
    billed: true,
    run: (world, call) => createCard(world, call.clientId, call.body),
  },
  {
    method: 'PUT',
    path: CARD_PATHS.instances,
    token: 'new',
    billed: true,
    run: (world, call) => updateCard(world, call.clientId, call.body),
  },
  {
    method: 'POST',
    path: CARD_PATHS.createAndDeliver,
    token: 'new',
    billed: true,
    run: (world, call) => createAndDeliver(world, call.clientId, call.body),
  },
  {
    method: 'POST',
    path: CARD_PATHS.deliver,
    token: 'new',
    billed: true,
    run: (world, call) => deliverCard(world, call.clientId, call.body),
  },
  { method: 'PUT', path: '/v1.0/card/streaming', token: 'new', billed: true, run: streamCard },
  { method: 'POST', path: '/v1.0/robot/oToMessages/batchSend', token: 'new', billed: true, run: batchSend },
  { method: 'POST', path: '/v1.0/robot/groupMessages/send', token: 'new', billed: true, run: groupSend },
  { method: 'POST', path: '/v1.0/robot/messageFiles/download', token: 'new', billed: true, run: messageFileDownload },
  { method: 'POST', path: QUICK_ENTRY_PATHS.set, token: 'new', billed: true, run: setQuickEntries },
  { method: 'POST', path: QUICK_ENTRY_PATHS.query, token: 'new', billed: true, run: queryQuickEntries },
  { method: 'POST', path: QUICK_ENTRY_PATHS.clear, token: 'new', billed: true, run: clearQuickEntries },
  { method: 'POST', path: '/robot/sendBySession', token: 'none', billed: true, run: sendBySession },
  { method: 'POST', path: '/media/upload', token: 'old', billed: true, run: mediaUpload },
  { method: 'POST', path: '/topapi/v2/user/getuserinfo', token: 'old', billed: false, run: userByAuthCode },
  { method: 'POST', path: '/topapi/v2/user/get', token: 'old', billed: false, run: userGet },
  { method: 'POST', path: '/topapi/v2/user/getbymobile', token: 'old', billed: false, run: userGetByMobile },
  { method: 'POST', path: '/topapi/v2/user/create', token: 'old', billed: false, run: userCreate },
];
