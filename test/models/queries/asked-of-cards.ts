import {
  claimStaleCard,
  doPutsWait,
  dueCards,
  freePuts,
  freePutsOf,
  hastenPuts,
  hastenQuiet,
  holdPuts,
  hurryPuts,
  liftPuts,
  pacePuts,
  shortenPuts,
  staleCards,
} from '../../../models/card-puts.ts';
import { partFrom, touchAll, touchCards, touchCardsAbout } from '../../../models/cards.ts';
import { recordsAbout, recordsTo } from '../../../models/cards-about.ts';
import { countDead, deadLetters } from '../../../models/dead-letters.ts';
import { forgetJobs } from '../../../models/forget-sends.ts';
import { freeSends, freeSendsOf, shortenSends } from '../../../models/held-sends.ts';
import { isOver, outSince } from '../../../models/outages.ts';
import { addToOutbox, claimSend, dropSeries, dueSends, pendingSends, waitingSends } from '../../../models/outbox.ts';
import {
  doSendsWait,
  hastenSends,
  hastenUnhindered,
  holdSends,
  hurrySends,
  liftSends,
  paceSends,
} from '../../../models/outbox-waits.ts';
import { oldCards, shownSubjects } from '../../../models/over-cards.ts';
import { type AskedBy, LATER, LONG_AGO, NOW, PAGE, PERSON } from './asker.ts';

const SUBJECT = { kind: 'item', id: 'subject1' } as const;
const pending = { most: 400, why: 'what still has to be sent, and nothing of what was' };
const underWay = { most: 700, why: 'what is on its way, of which each process has four' };
const stale = { most: 60, why: 'what still has to be drawn, and nothing of what was' };

/** Cards, what is to be sent, and what waits to be. */
export const ASKED_OF_CARDS: AskedBy = {
  'claimStaleCard: free': () => claimStaleCard('token', NOW),
  'claimStaleCard: left': { ask: () => claimStaleCard('token', NOW, 'abandoned'), beyond: stale },
  dueCards: () => dueCards(NOW),
  holdPuts: () => holdPuts('anyCall', NOW),
  liftPuts: () => liftPuts('anyCall', LONG_AGO),
  pacePuts: () => pacePuts(NOW),
  hurryPuts: () => hurryPuts(PERSON, LONG_AGO),
  doPutsWait: { ask: () => doPutsWait(LONG_AGO), beyond: stale },
  hastenQuiet: { ask: () => hastenQuiet(LATER), beyond: stale },
  hastenPuts: () => hastenPuts(LONG_AGO, LONG_AGO + 3_600_000),
  shortenPuts: { ask: () => shortenPuts(NOW), beyond: stale },
  freePutsOf: { ask: () => freePutsOf(['process.1', 'process.2']), beyond: stale },
  freePuts: { ask: () => freePuts('process'), beyond: stale },
  staleCards: () => staleCards(),
  touchAll: (tx) =>
    touchAll({ subjects: [SUBJECT], ofOthers: { subjects: [SUBJECT], but: PERSON }, viewers: [PERSON] }, tx),
  touchCards: (tx) => touchCards(SUBJECT, tx),
  recordsTo: () => recordsTo(PERSON, 500),
  recordsAbout: () => recordsAbout(['subject1', 'subject2'], 500),
  partFrom: (tx) => partFrom({ kind: 'reminder', id: 'subject1' }, 'other', tx),
  touchCardsAbout: (tx) => touchCardsAbout('item', ['subject1', 'subject2'], tx),
  deadLetters: { ask: () => deadLetters(), beyond: pending },
  countDead: { ask: () => countDead(), beyond: pending },
  dropSeries: (tx) => dropSeries('series1', tx),
  addToOutbox: (tx) =>
    addToOutbox({ intent: 'new', priority: 'notice', dueAt: NOW, series: 'series1', outTrackId: 'new' }, tx),
  claimSend: { ask: () => claimSend('token', NOW, NOW), beyond: pending },
  freeSends: { ask: () => freeSends('process'), beyond: underWay },
  freeSendsOf: { ask: () => freeSendsOf(['process.1', 'process.2']), beyond: underWay },
  isOver: () => isOver('createAndDeliver'),
  dueSends: () => dueSends(LONG_AGO, NOW),
  pendingSends: () => pendingSends(),
  waitingSends: () => waitingSends(LONG_AGO),
  outSince: () => outSince(),
  forgetJobs: () => forgetJobs(LATER, 20),
  holdSends: { ask: () => holdSends('anyCall', NOW, NOW), beyond: pending },
  liftSends: { ask: () => liftSends('anyCall', LONG_AGO), beyond: pending },
  hurrySends: { ask: () => hurrySends(PERSON, { now: LONG_AGO, machine: LONG_AGO }), beyond: underWay },
  doSendsWait: { ask: () => doSendsWait(LONG_AGO), beyond: pending },
  hastenUnhindered: () => hastenUnhindered(LONG_AGO, LONG_AGO + 3_600_000),
  hastenSends: () => hastenSends(LONG_AGO, LONG_AGO + 3_600_000),
  shortenSends: () => shortenSends(NOW),
  paceSends: { ask: () => paceSends(NOW, NOW), beyond: pending },
  oldCards: () => oldCards({ kind: 'record', before: LATER, ...PAGE }),
  shownSubjects: () => shownSubjects('item', ['subject1', 'subject2']),
};
