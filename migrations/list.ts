import { olderPhotosCountAsDeployed } from './001-older-photos-count-as-deployed.ts';
import { dropUnusedIndexes } from './002-drop-unused-indexes.ts';
import { nameViewsByOneVocabulary } from './003-name-views-by-one-vocabulary.ts';
import { redrawOpenCards } from './004-redraw-open-cards.ts';
import { pickPicturesByPerson } from './005-pick-pictures-by-person.ts';
import { noteWhatIsKept } from './006-note-what-is-kept.ts';
import { reviveWhatAnOutageEnded } from './007-revive-what-an-outage-ended.ts';
import { sendAgainWhatAnotherIsoHeldUp } from './008-send-again-what-another-iso-held-up.ts';
import { sayInWhoseHandsWorkIs } from './009-say-in-whose-hands-work-is.ts';
import { listTestAccounts } from './010-list-test-accounts.ts';
import { sayUnderWhichProgramme } from './011-say-under-which-programme.ts';
import { listPhotosByWhatTheyShow } from './012-list-photos-by-what-they-show.ts';
import { dropReplacedIndexes } from './013-drop-replaced-indexes.ts';
import { sayWhenFailuresAreToldOf } from './014-say-when-failures-are-told-of.ts';
import { countWhatWasSent } from './015-count-what-was-sent.ts';
import { sayWhenWorkIsToldOf } from './016-say-when-work-is-told-of.ts';
import { sayWhereEachCodeIs } from './017-say-where-each-code-is.ts';
import { dropReplacedLists } from './018-drop-replaced-lists.ts';
import { keepWhatCardsCount } from './019-keep-what-cards-count.ts';
import { dropReplacedOrders } from './020-drop-replaced-orders.ts';
import { dropReplacedViewer } from './021-drop-replaced-viewer.ts';
import { keepHowThingsStand } from './022-keep-how-things-stand.ts';
import { dropReplacedWaiting } from './023-drop-replaced-waiting.ts';
import { dropReplacedBytes } from './024-drop-replaced-bytes.ts';
import type { Migration } from './migration.ts';

/** Every migration there ever was, in the order in which they are run. What was released is never changed, moved or removed. */
export const MIGRATIONS: readonly Migration[] = [
  olderPhotosCountAsDeployed,
  dropUnusedIndexes,
  nameViewsByOneVocabulary,
  redrawOpenCards,
  pickPicturesByPerson,
  noteWhatIsKept,
  reviveWhatAnOutageEnded,
  sendAgainWhatAnotherIsoHeldUp,
  sayInWhoseHandsWorkIs,
  listTestAccounts,
  sayUnderWhichProgramme,
  listPhotosByWhatTheyShow,
  dropReplacedIndexes,
  sayWhenFailuresAreToldOf,
  countWhatWasSent,
  sayWhenWorkIsToldOf,
  sayWhereEachCodeIs,
  dropReplacedLists,
  keepWhatCardsCount,
  dropReplacedOrders,
  dropReplacedViewer,
  keepHowThingsStand,
  dropReplacedWaiting,
  dropReplacedBytes,
];
