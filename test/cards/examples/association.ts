import type { Faces } from './faces.ts';

const at = Date.UTC(2026, 4, 3, 10, 42);
const who = { name: 'Nok Suda', phone: '+66812344821', at, timeZone: 'Asia/Bangkok' } as const;
const request = { ...who, channel: 'CARD' } as const;
const byPloy = { decidedBy: 'Ploy', decidedAt: at } as const;
const poster = { ...request, channel: 'QR', ...byPloy } as const;
const invited = { ...request, channel: 'INVITE', ...byPloy } as const;

const lotus = { requestId: 'r1', version: 2, admin: 'Anong Chai', iso: 'Lotus Partners' } as const;
const mango = { requestId: 'r2', version: 1, admin: 'Somchai Rattanakosin', iso: 'Mango Partners Bangkok' } as const;

type Names =
  | 'former'
  | 'invitations'
  | 'join'
  | 'leave'
  | 'move'
  | 'sent'
  | 'rejected'
  | 'request'
  | 'unanswered'
  | 'waiting';

export const ASSOCIATION: Faces<`association.${Names}`> = {
  'association.former': {
    removed: {
      iso: 'Lotus Partners of the Whole South',
      admin: 'Somchai Rattanakosin-Wongsawat',
      until: Date.UTC(2027, 1, 25),
      timeZone: 'Asia/Bangkok',
    },
    nobodyToAsk: { iso: 'Lotus Partners', until: Date.UTC(2027, 1, 25), timeZone: 'Asia/Bangkok' },
  },
  'association.join': {
    empty: { values: { name: 'Nok' } },
    mistaken: {
      values: { isoEmail: 'demo', name: 'Nok', phone: '12' },
      problems: [{ field: 'isoEmail', code: 'notAnEmail' }],
    },
  },
  'association.invitations': {
    one: { open: [lotus] },
    several: { open: [lotus, mango] },
    elsewhere: { open: [lotus], works: 'Mango Partners Bangkok' },
    refused: { open: [], refused: 'Lotus Partners' },
    joined: { open: [], works: 'Lotus Partners' },
    both: { open: [], works: 'Mango Partners Bangkok', refused: 'Lotus Partners' },
    over: { open: [] },
  },
  'association.leave': {
    asked: { iso: 'Mango Partners Bangkok', lastAdmin: false, again: false },
    again: { iso: 'Mango Partners Bangkok', lastAdmin: false, again: true },
    lastAdmin: { iso: 'Mango Partners Bangkok', lastAdmin: true, again: false },
  },
  'association.move': {
    asked: { ...lotus, from: 'Mango Partners Bangkok', lastAdmin: false },
    lastAdmin: { ...lotus, from: 'Mango Partners Bangkok', lastAdmin: true },
  },
  'association.sent': { waiting: { isoEmail: 'demo@iso.example' } },
  'association.rejected': { byCode: { reason: 'WRONG_NAME' }, byWords: { reason: '[smile] Ask *Ploy*' }, silent: {} },
  'association.request': {
    pending: { ...request, state: 'PENDING' },
    alsoHas: { ...request, state: 'PENDING', alsoHas: 'Lek Boonmee' },
    asking: { ...request, state: 'PENDING', askingReason: true },
    approved: { ...request, state: 'ACTIVE', ...byPloy },
    rejected: { ...request, state: 'REJECTED', ...byPloy, reason: 'NOT_STAFF' },
    withdrawn: { ...request, state: 'WITHDRAWN' },
    expired: { ...request, state: 'EXPIRED' },
    fromPoster: { ...request, channel: 'QR', state: 'PENDING', back: 'requests' },
    inviting: { ...poster, state: 'APPROVED' },
    refused: { ...poster, state: 'APPROVED', problem: 'badNumber' },
    consent: { ...poster, state: 'INVITED' },
    unanswered: { ...invited, state: 'INVITED', back: 'people' },
    joined: { ...poster, state: 'ACTIVE' },
    left: { ...poster, state: 'SUSPENDED' },
    leftIso: { ...poster, state: 'LEFT' },
    removed: { ...poster, state: 'REMOVED' },
    takenBack: { ...invited, state: 'WITHDRAWN' },
    alreadyIn: { ...invited, state: 'WITHDRAWN', reason: 'ALREADY_IN' },
    invitationExpired: { ...invited, state: 'EXPIRED' },
  },
  'association.unanswered': {
    many: { names: ['Nok Suda', 'Lek Boonmee'], count: 3 },
    one: { names: ['Nok Suda'], count: 1 },
    nobody: { names: [], count: 0 },
  },
  'association.waiting': {
    many: { names: ['Nok Suda', 'Lek Boonmee'], count: 4, timeZone: 'Asia/Bangkok' },
    long: { names: ['Nok Suda', 'Lek Boonmee'], count: 4, since: at, timeZone: 'Asia/Bangkok' },
    one: { names: ['Nok Suda'], count: 1, timeZone: 'Asia/Bangkok' },
    nobody: { names: [], count: 0, timeZone: 'Asia/Bangkok' },
  },
};
