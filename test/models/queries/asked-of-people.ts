import { openAskOf, openAsksOf, pastAsks } from '../../../models/account-asks.ts';
import {
  anyQuiet,
  anyWaits,
  associationsOfIso,
  associationsWith,
  countAskedBy,
  countInvitedSince,
  countWaiting,
  findRequestFromPage,
  invitationsTo,
  latestAssociationOf,
  liveAssociationsOf,
  liveByPhones,
  membershipOf,
  noteTold,
  oldestAssociation,
  overdueAssociations,
  pastAssociations,
  refusalsOf,
  rejectWaiting,
  unansweredSince,
  waitingForPhone,
  waitingFromPage,
  waitingPage,
  waitingTimes,
} from '../../../models/associations.ts';
import {
  auditByFile,
  auditOf,
  auditOfFile,
  auditOfItems,
  auditOfPromotion,
  forgetAudit,
} from '../../../models/audit.ts';
import { forgetBatched } from '../../../models/audit-batches.ts';
import { pendingDataNotices } from '../../../models/data-notices.ts';
import { forgetDayResults, pendingDayResults } from '../../../models/day-results.ts';
import { digestsBetween, pastDigests } from '../../../models/digests.ts';
import { openExportOf, pastExports } from '../../../models/exports.ts';
import { groupsOf } from '../../../models/groups.ts';
import { expireInbox, hasRecorded, lanesWithWork, nextRecorded } from '../../../models/inbox.ts';
import {
  filesBeginning,
  filesLandedFor,
  filesNamed,
  filesReceivedSince,
  forgetFiles,
  forgetResultLines,
  resultLines,
  reviewsHaveLanded,
  sourcesOf,
} from '../../../models/incoming-files.ts';
import { allIsos, anyIso, findIsoByEmail, findIsoByToken } from '../../../models/isos.ts';
import { freeLanes, shortenLanes } from '../../../models/lanes.ts';
import { freeLeases, shortenLeases } from '../../../models/leases.ts';
import {
  activePeople,
  adminsOf,
  assertKeyFits,
  everyAdmin,
  hastenMoves,
  peopleOf,
  peopleWithMoves,
  teamOf,
} from '../../../models/people.ts';
import { forgetPersonalUsage, forgetUsageOf, notNotedFrom, personalUsage } from '../../../models/personal-usage.ts';
import { otherProcesses } from '../../../models/processes.ts';
import { programmeLines } from '../../../models/programmes.ts';
import { growingQuestion, pastQuestions } from '../../../models/questions.ts';
import { accountHeldBy, accountNamed, accountsOf, pastAccounts } from '../../../models/test-accounts.ts';
import { allTodos } from '../../../models/todos.ts';
import { liftUploads } from '../../../models/uploads.ts';
import { type AskedBy, DAY, ISO, LATER, LONG_AGO, NOW, PAGE, PERSON } from './asker.ts';

const AT = { from: LONG_AGO, to: NOW };
const DECIDED = { by: 'admin1', at: NOW, reason: 'unknown' };
const waiting = { most: 40, why: 'who waits in the ISO' };

/** Who works for an ISO, what they are told, and what comes in of them. */
export const ASKED_OF_PEOPLE: AskedBy = {
  openAskOf: () => openAskOf(PERSON, ISO),
  openAsksOf: () => openAsksOf(ISO),
  pastAsks: () => pastAsks(LONG_AGO, PAGE),
  associationsWith: () => associationsWith({ userId: PERSON, isoId: ISO }, 20),
  latestAssociationOf: () => latestAssociationOf(PERSON),
  countAskedBy: (tx) => countAskedBy(PERSON, LONG_AGO, tx),
  membershipOf: () => membershipOf(PERSON, ISO),
  liveAssociationsOf: (tx) => liveAssociationsOf(PERSON, tx),
  liveByPhones: () => liveByPhones(ISO, ['+66 81 000 0001']),
  waitingForPhone: (tx) => waitingForPhone('+66 81 000 0001', tx),
  invitationsTo: () => invitationsTo(PERSON),
  refusalsOf: () => refusalsOf({ userId: PERSON, phone: '+66 81 000 0001' }),
  associationsOfIso: () => associationsOfIso(ISO, ['INVITED', 'REFUSED']),
  waitingPage: () => waitingPage(ISO, PAGE),
  waitingTimes: { ask: () => waitingTimes(ISO), beyond: waiting },
  waitingFromPage: { ask: (tx) => waitingFromPage(ISO, AT, tx), beyond: waiting },
  rejectWaiting: (tx) => rejectWaiting(ISO, ['association1', 'association2'], DECIDED, tx),
  anyQuiet: () => anyQuiet(ISO),
  noteTold: (tx) => noteTold(ISO, tx),
  anyWaits: () => anyWaits(ISO, { after: LONG_AGO, upTo: NOW }),
  unansweredSince: {
    ask: () => unansweredSince(ISO, { upTo: LONG_AGO }),
    beyond: { most: 110, why: 'invitations that nobody has answered' },
  },
  countInvitedSince: () => countInvitedSince(ISO, LONG_AGO),
  countWaiting: () => countWaiting(ISO),
  'overdueAssociations: waiting': () => overdueAssociations('PENDING', LONG_AGO),
  'overdueAssociations: invited': () => overdueAssociations('INVITED', LONG_AGO),
  'oldestAssociation: waiting': () => oldestAssociation('PENDING'),
  'oldestAssociation: invited': () => oldestAssociation('INVITED'),
  findRequestFromPage: () => findRequestFromPage('page1'),
  pastAssociations: () => pastAssociations(LATER, PAGE),
  auditOfFile: () => auditOfFile({ file: 'review_20261124_1.csv', isoId: ISO }, () => ({ skip: 6, limit: 6 })),
  auditByFile: () => auditByFile('review_20261124_1.csv', 500),
  auditOf: () => auditOf(['subject1', 'subject2'], 500),
  'auditOfPromotion: of a shop': () => auditOfPromotion({ staffId: PERSON, storeId: 'store1' }),
  'auditOfPromotion: of a spot': () => auditOfPromotion({ staffId: PERSON, storeId: 'store1', spotId: 'spot1' }),
  auditOfItems: () => auditOfItems(['subject1', 'subject2'], 500),
  forgetAudit: () => forgetAudit(LATER, 20),
  forgetBatched: () => forgetBatched(LATER, 20),
  pendingDataNotices: () => pendingDataNotices(),
  pendingDayResults: () => pendingDayResults(),
  forgetDayResults: () => forgetDayResults('z', 20),
  pastDigests: () => pastDigests(DAY, PAGE),
  digestsBetween: () => digestsBetween(ISO, '20260101', DAY),
  groupsOf: () => groupsOf(ISO),
  allTodos: () => allTodos(),
  nextRecorded: (tx) => nextRecorded(PERSON, tx),
  hasRecorded: () => hasRecorded(PERSON),
  lanesWithWork: () => lanesWithWork(),
  expireInbox: () => expireInbox(LONG_AGO),
  reviewsHaveLanded: () => reviewsHaveLanded(DAY),
  filesBeginning: () => filesBeginning(ISO, 'review_20261124', 20),
  filesNamed: () => filesNamed('review_20261124_1.csv'),
  sourcesOf: () => sourcesOf(['review_20261124_1.csv', 'settlement_20261124_1.csv']),
  filesLandedFor: () => filesLandedFor(ISO, NOW, 20),
  filesReceivedSince: () => filesReceivedSince(NOW, 20),
  resultLines: () => resultLines('file1').next(),
  forgetResultLines: () => forgetResultLines('file1'),
  forgetFiles: () => forgetFiles(LONG_AGO, 20),
  findIsoByEmail: () => findIsoByEmail('email1'),
  findIsoByToken: () => findIsoByToken('joinToken1'),
  allIsos: () => allIsos(),
  anyIso: () => anyIso(),
  freeLanes: () => freeLanes('process'),
  shortenLanes: () => shortenLanes(NOW),
  freeLeases: () => freeLeases('process'),
  shortenLeases: () => shortenLeases(NOW),
  assertKeyFits: () => assertKeyFits(),
  adminsOf: () => adminsOf(ISO),
  everyAdmin: () => everyAdmin(),
  peopleOf: () => peopleOf(ISO),
  activePeople: () => activePeople(ISO),
  teamOf: () => teamOf(PERSON, ISO),
  peopleWithMoves: () => peopleWithMoves(),
  hastenMoves: () => hastenMoves(LONG_AGO, LATER),
  personalUsage: () => personalUsage('2026-11'),
  notNotedFrom: () => notNotedFrom('2026-11', 3),
  forgetPersonalUsage: () => forgetPersonalUsage('2026-02'),
  forgetUsageOf: () => forgetUsageOf([PERSON]),
  otherProcesses: () => otherProcesses('process'),
  programmeLines: () => programmeLines(10),
  openExportOf: (tx) => openExportOf(PERSON, LONG_AGO, tx),
  pastExports: () => pastExports(LONG_AGO, PAGE),
  growingQuestion: (tx) => growingQuestion({ userId: PERSON, isoId: ISO, now: NOW }, tx),
  pastQuestions: () => pastQuestions(LONG_AGO, PAGE),
  accountNamed: () => accountNamed(ISO, 'TH-01'),
  accountHeldBy: () => accountHeldBy('holderId1'),
  accountsOf: () => accountsOf(ISO),
  pastAccounts: () => pastAccounts(LONG_AGO, PAGE),
  liftUploads: () => liftUploads(NOW),
};
