import type { ViewName } from '../../cards/registry.ts';
import type { Faces } from './examples/faces.ts';
import { PROMOTION_EXAMPLES } from './examples/promotion.ts';

const at = Date.UTC(2026, 4, 3, 10, 42);
const timeZone = 'Asia/Bangkok';

const request = { name: 'Nok Suda', phone: '+66812344821', at, timeZone } as const;

/** Each view in each of its faces. */
export const EXAMPLES: Faces<ViewName> = {
  'association.join': {
    empty: { values: { name: 'Nok' } },
    mistaken: {
      values: { isoEmail: 'demo', name: 'Nok', phone: '12' },
      problems: [{ field: 'isoEmail', code: 'notAnEmail' }],
    },
  },
  'association.sent': { waiting: { isoEmail: 'demo@iso.example' } },
  'association.rejected': { byCode: { reason: 'WRONG_NAME' }, byWords: { reason: '[smile] Ask *Ploy*' }, silent: {} },
  'association.request': {
    pending: { ...request, state: 'PENDING' },
    asking: { ...request, state: 'PENDING', askingReason: true },
    approved: { ...request, state: 'ACTIVE', decidedBy: 'Ploy', decidedAt: at },
    rejected: { ...request, state: 'REJECTED', decidedBy: 'Ploy', decidedAt: at, reason: 'NOT_STAFF' },
    withdrawn: { ...request, state: 'WITHDRAWN' },
    expired: { ...request, state: 'EXPIRED' },
  },
  language: { member: { back: true }, stranger: { back: false } },
  menu: {
    fresh: { name: 'Nok', drafts: [] },
    resume: {
      name: 'Nok',
      drafts: [{ draftId: 'd1', product: 'MARKETING_CODE', shop: 'Baan Coffee', step: 2, of: 4 }],
    },
    unnamed: { name: 'Nok', drafts: [{ draftId: 'd1', product: 'MARKETING_CODE', shop: '', step: 1, of: 4 }] },
    twoProducts: {
      name: 'Nok',
      drafts: [
        { draftId: 'd1', product: 'MARKETING_CODE', shop: 'Baan Coffee', step: 2, of: 4 },
        { draftId: 'd2', product: 'PRIMARY_POSM', shop: 'Baan Coffee', step: 1, of: 4 },
      ],
    },
  },
  help: { member: { admin: 'Ploy' }, stranger: {} },
  line: { finish: { key: 'line.finishForm' }, photos: { key: 'line.photosKeptFinishForm', args: { count: 2 } } },
  folded: { storefront: { key: 'folded.continued' }, continued: { key: 'folded.continued' } },
  notice: {
    suspended: { kind: 'suspended', name: 'Ploy' },
    nobody: { kind: 'suspended' },
    oldCard: { kind: 'oldCard' },
    othersCard: { kind: 'othersCard', name: 'Lek' },
    limit: { kind: 'limit', name: 'Ploy' },
    checking: { kind: 'checking' },
    trouble: { kind: 'trouble' },
  },
  ...PROMOTION_EXAMPLES,
};
