import { fallbacks, sayTrouble } from '../../handlers/fallbacks.ts';
import { applyVerdict } from '../../handlers/photos/apply-verdict.ts';
import { routes } from '../../handlers/routes.ts';
import { findPerson } from '../../models/people.ts';
import { liftPictures } from '../../models/pictures.ts';
import { currentProgramme } from '../../models/programme-in-use.ts';
import type { StorePulse } from '../../models/store-pulse.ts';
import { createSpentInChat } from '../bot/budget-spent.ts';
import { createCannotSave } from '../bot/cannot-save.ts';
import { dispatcher } from '../bot/dispatch.ts';
import { createLaneStep, lookIntoLane } from '../bot/lane-step.ts';
import { createLanes, type Lanes } from '../bot/lanes.ts';
import { createRecordQueue } from '../bot/record-queue.ts';
import { createRecorder } from '../bot/recording.ts';
import { sayChecking } from '../bot/say-checking.ts';
import { ANSWER_TAKES_MS, createTaps } from '../bot/taps.ts';
import type { CallBudget } from '../delivery/call-budget.ts';
import type { PeopleCount } from '../delivery/people-count.ts';
import type { Renderer } from '../delivery/renderer.ts';
import type { StreamHandlers } from '../dingtalk/frame-receiver.ts';
import { createAlikePhotos } from '../media/alike-photos.ts';
import { createPhotoProcess } from '../media/photo-process.ts';
import { createPicturePool } from '../media/picture-pool.ts';
import type { Platform } from '../platform/platform.ts';
import type { MessageUpdate } from '../platform/update.ts';
import type { PartHealth } from '../web/health.ts';
import type { Organisation } from './organisation.ts';
import { watchOtherInstallation } from './other-installation.ts';
import type { Pictures } from './pictures.ts';
import type { Services } from './services.ts';

/** Everything that happens on its way: recorded, applied in its lane, photos checked beside it, taps answered at once. */
export interface Updates {
  readonly handlers: StreamHandlers;
  readonly lanes: Lanes;
  /** Looks for pictures to check now. */
  wakePictures(): void;
  /** What could not be saved can be again: with the next sweep, pictures that waited after that are due. */
  savesAgain(): void;
  /** Takes up what a process that died left behind; cheap when there is nothing. */
  sweep(): Promise<void>;
  /** Whether another installation has the same app, as far as taps and photos tell. */
  installationHealth(): PartHealth;
  /** What the process that checks pictures held after the last of them, bytes; 0 before the first. */
  checkerHolds(): number;
  close(): Promise<void>;
}

interface UpdatesOptions {
  readonly platform: Platform;
  readonly renderer: Renderer;
  readonly pictures: Pictures;
  readonly pulse: StorePulse;
  readonly budget: CallBudget;
  readonly people: PeopleCount;
  /** Wakes whoever sends what was committed. */
  readonly wake: () => void;
  /** This person has just written or tapped. */
  readonly isThere: (userId: string) => void;
  readonly organisation: Organisation;
}

export function createUpdates({ config, ...services }: Services, options: UpdatesOptions): Updates {
  const { platform, renderer, pictures, pulse, wake, isThere } = options;
  const { clock, log, tally } = services;
  const { budget, people } = options;
  const cannotSave = createCannotSave({ clock, log, pulse });
  const sayInChat = createSpentInChat({ clock, log, budget });
  const dispatch = dispatcher(routes(), fallbacks);
  const other = watchOtherInstallation(clock, tally, worksHere);
  let checkerHolds = 0;
  let picturesWaited = false;
  const checker = createPhotoProcess({
    holds: (bytes) => {
      checkerHolds = bytes;
    },
    wanted: () => currentProgramme().programme.codes.patterns,
    onReaderFailure: (err) => log.error({ err }, 'codeReader.failed'),
  });
  const lanes = createLanes({
    ...services,
    step: createLaneStep({ ...services, budget, dispatch, applyVerdict, trouble: sayTrouble }),
    look: (lane) => lookIntoLane(services, lane),
    wake: () => {
      wake();
      pool.wake();
    },
    async heldElsewhere(lane) {
      tally.count('lane_waits_total');
      await sayChecking({ clock, log, wake }, lane);
    },
  });
  const pool = createPicturePool({
    ...services,
    platform,
    checker,
    photos: pictures.store,
    alike: createAlikePhotos({ photos: pictures.store, clock: services.clock }),
    ready: (userId) => lanes.wake(userId),
    checked: ({ kept }) => tally.countOf('pictures_checked_total', kept ? 'kept' : 'refused'),
  });
  const taps = createTaps({
    ...services,
    renderer,
    images: pictures.images,
    dispatch,
    pulse,
    cannotSave,
    budget,
    wake,
    unknownCard: other.cardTapped,
    answerTakesMs: config.demo ? ANSWER_TAKES_MS.sandbox : ANSWER_TAKES_MS.dingTalk,
  });
  const sayStranger = async ({ id, from, conversation }: MessageUpdate): Promise<void> => {
    const isSign =
      from.outside === undefined &&
      conversation.kind === 'direct' &&
      (await other.photosFrom(from.userId).catch(() => false));
    if (isSign) log.warn({ trace: id }, 'message.fromStranger');
  };
  const record = createRecordQueue({ clock, pulse });
  const recorder = createRecorder({ log, record, wake: (lane) => lanes.wake(lane) });
  return {
    handlers: {
      event: (event) => recorder.event(event),
      notRecorded: (update, reply) => cannotSave.inChat(update, reply),
      async message(update, _trace, reply) {
        if (update.from.outside === undefined) people.pushed(update.from.userId);
        options.organisation.heard(update.corpId);
        await recorder.message(update);
        isThere(update.from.userId);
        if (update.content.pictures.length > 0) void sayStranger(update);
        void sayInChat(update, reply);
      },
      tap(update) {
        people.pushed(update.userId);
        isThere(update.userId);
        return taps(update);
      },
    },
    lanes,
    wakePictures: pool.wake,
    savesAgain() {
      picturesWaited = true;
    },
    checkerHolds: () => checkerHolds,
    installationHealth: other.health,
    async sweep() {
      await lanes.sweep();
      if (picturesWaited) await liftPictures(clock.now());
      picturesWaited = false;
      pool.wake();
      if (await cannotSave.takeBack()) wake();
    },
    async close() {
      await lanes.close();
      await pool.close();
      await checker.close();
    },
  };
}

/** Whether somebody works here, or did. */
async function worksHere(userId: string): Promise<boolean> {
  const person = await findPerson(userId);
  return person !== undefined && (person.state !== 'UNKNOWN' || person.formerIso !== undefined);
}
