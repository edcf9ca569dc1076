import type { Api } from './call.ts';
import { registerCallback } from './card-callbacks.ts';
import { addSpaces, closeTop } from './card-spaces.ts';
import { CARD_PATHS, createAndDeliver, createCard, deliverCard, updateCard } from './cards.ts';
import { inviteInfo, userCreate, userGet, userGetByMobile } from './contacts.ts';
import { mediaUpload } from './media.ts';
import { setOffDutyPrompt } from './off-duty.ts';
import { clearQuickEntries, QUICK_ENTRY_PATHS, queryQuickEntries, setQuickEntries } from './quick-entries.ts';
import { batchSend, groupSend, messageFileDownload, sendBySession } from './robot.ts';
import { batchRecall, groupQuery, groupRecall, readStatus } from './robot-sent.ts';
import { userByAuthCode } from './sign-in.ts';
import { streamCard } from './streaming.ts';
import { createTodo, queryTodos, TODO_PATHS, updateTodo } from './todos.ts';
import { corpToken, newToken, oldToken, pageTicket } from './tokens.ts';

/** Every API that is played; `{…}` in a path stands for any one part of it. Anything else is answered as an address that does not exist. */
export const APIS: readonly Api[] = [
  { method: 'POST', path: '/v1.0/oauth2/accessToken', token: 'none', billed: false, run: newToken },
  { method: 'POST', path: '/v1.0/oauth2/{corpId}/token', token: 'none', billed: false, run: corpToken },
  { method: 'POST', path: '/v1.0/oauth2/jsapiTickets', token: 'new', billed: false, run: pageTicket },
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
  { method: 'PUT', path: '/v1.0/card/instances/spaces', token: 'new', billed: true, run: addSpaces },
  { method: 'POST', path: '/v1.0/card/tops/close', token: 'new', billed: true, run: closeTop },
  { method: 'POST', path: '/v1.0/card/callbacks/register', token: 'new', billed: true, run: registerCallback },
  { method: 'GET', path: '/v1.0/robot/oToMessages/readStatus', token: 'new', billed: true, run: readStatus },
  { method: 'POST', path: '/v1.0/robot/otoMessages/batchRecall', token: 'new', billed: true, run: batchRecall },
  { method: 'POST', path: '/v1.0/robot/groupMessages/query', token: 'new', billed: true, run: groupQuery },
  { method: 'POST', path: '/v1.0/robot/groupMessages/recall', token: 'new', billed: true, run: groupRecall },
  {
    method: 'POST',
    path: '/v1.0/innerApi/robot/stream/away/template/update',
    token: 'new',
    billed: false,
    run: setOffDutyPrompt,
  },
  { method: 'GET', path: '/v1.0/contact/invites/infos', token: 'new', billed: false, run: inviteInfo },
  { method: 'POST', path: '/v1.0/robot/messageFiles/download', token: 'new', billed: true, run: messageFileDownload },
  { method: 'POST', path: QUICK_ENTRY_PATHS.set, token: 'new', billed: true, run: setQuickEntries },
  { method: 'POST', path: QUICK_ENTRY_PATHS.query, token: 'new', billed: true, run: queryQuickEntries },
  { method: 'POST', path: QUICK_ENTRY_PATHS.clear, token: 'new', billed: true, run: clearQuickEntries },
  { method: 'POST', path: TODO_PATHS.tasks, token: 'new', billed: true, run: createTodo },
  { method: 'PUT', path: TODO_PATHS.task, token: 'new', billed: true, run: updateTodo },
  { method: 'POST', path: TODO_PATHS.query, token: 'new', billed: true, run: queryTodos },
  { method: 'POST', path: '/robot/sendBySession', token: 'none', billed: true, run: sendBySession },
  { method: 'POST', path: '/media/upload', token: 'old', billed: true, run: mediaUpload },
  { method: 'POST', path: '/topapi/v2/user/getuserinfo', token: 'old', billed: false, run: userByAuthCode },
  { method: 'POST', path: '/topapi/v2/user/get', token: 'old', billed: false, run: userGet },
  { method: 'POST', path: '/topapi/v2/user/getbymobile', token: 'old', billed: false, run: userGetByMobile },
  { method: 'POST', path: '/topapi/v2/user/create', token: 'old', billed: false, run: userCreate },
];
