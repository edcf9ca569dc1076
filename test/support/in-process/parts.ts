import { AsyncResource } from 'node:async_hooks';
import { join } from 'node:path';
import { render } from '../../../cards/views.ts';
import { fallbacks, sayTrouble } from '../../../handlers/fallbacks.ts';
import { applyVerdict } from '../../../handlers/photos/apply-verdict.ts';
import { createCodeSettler } from '../../../handlers/promotion/settle-codes.ts';
import { todoOf } from '../../../handlers/reminders/todo-of.ts';
import { routes } from '../../../handlers/routes.ts';
import { loadCard, loadGroupCard } from '../../../handlers/views.ts';
import type { PhotoStore } from '../../../models/photo-store.ts';
import { feelPulse } from '../../../models/store-pulse.ts';
import { createSpentInChat } from '../../../src/bot/budget-spent.ts';
import { type CannotSave, createCannotSave } from '../../../src/bot/cannot-save.ts';
import type { Context } from '../../../src/bot/context.ts';
import { dispatcher } from '../../../src/bot/dispatch.ts';
import { createLaneStep, lookIntoLane } from '../../../src/bot/lane-step.ts';
import { createLanes } from '../../../src/bot/lanes.ts';
import { createRecordQueue } from '../../../src/bot/record-queue.ts';
import { createRecorder, type Recorder } from '../../../src/bot/recording.ts';
import { sayChecking } from '../../../src/bot/say-checking.ts';
import { createTaps, type TapAnswer } from '../../../src/bot/taps.ts';
import { countCalls, createCallBudget, withinBudget } from '../../../src/delivery/call-budget.ts';
import { watchCalls } from '../../../src/delivery/call-watch.ts';
import { watchConfiguration } from '../../../src/delivery/configuration-watch.ts';
import { createDelivery } from '../../../src/delivery/delivery.ts';
import { createPeopleCount } from '../../../src/delivery/people-count.ts';
import { createRenderer } from '../../../src/delivery/render-cards.ts';
import { createFileMaker } from '../../../src/exports/make-files.ts';
import { createAlikePhotos } from '../../../src/media/alike-photos.ts';
import { createPhotoProcess } from '../../../src/media/photo-process.ts';
import { createPicturePool } from '../../../src/media/picture-pool.ts';
import type { Platform } from '../../../src/platform/platform.ts';
import { todoPage } from '../../../src/platform/todo.ts';
import type { MessageUpdate, TapUpdate, Update } from '../../../src/platform/update.ts';
import { watchSetBack } from '../../../src/wiring/clock-set-back.ts';
import { createDailyWork, type DailyWork } from '../../../src/wiring/daily-work.ts';
import { whatIsLeft } from '../../../src/wiring/idle.ts';
import { createPictures } from '../../../src/wiring/pictures.ts';
import type { Services } from '../../../src/wiring/services.ts';
import { SHIPPED_WORDS } from '../shipped-programme.ts';
import { knownVerdicts } from './known-verdicts.ts';

/** What stands around every handler in a test: it may note what comes by, or fail in the handler's place. */
export type AroundHandler = (ctx: Context, handle: () => Promise<void>) => Promise<void>;

/** The bot from where DingTalk hands something over to where it is asked for something. */
export interface Parts {
  readonly recorder: {
    readonly event: Recorder['event'];
    message(update: MessageUpdate, reply: (text: string) => Promise<void>): Promise<void>;
  };
  readonly cannotSave: CannotSave;
  readonly wakeLane: (lane: string) => void;
  readonly taps: (update: TapUpdate) => Promise<TapAnswer>;
  /** Learns what waits for whom, as at the start. */
  look(): Promise<void>;
  /** Takes up what lies in the store, as every few seconds. */
  sweep(): Promise<void>;
  readonly daily: DailyWork;
  readonly photos: PhotoStore;
  /** What the health page says of the configuration. */
  faults(): readonly string[];
  left(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Puts the real parts together as `src/bot.ts` does, over `dingTalk`, which stands in its place. */
export function putTogether(services: Services, dingTalk: Platform, through: AroundHandler): Parts {
  const { clock, log, inFlight } = services;
  const pulse = feelPulse(clock);
  const cannotSave = createCannotSave({ clock, log, pulse });
  const people = createPeopleCount(clock);
  const budget = createCallBudget(clock, services.config.limits.calls, people);
  const sayInChat = createSpentInChat({ clock, log, budget });
  const calls = watchCalls(countCalls(dingTalk, budget), { ...services, lifted: () => wake() });
  const configuration = watchConfiguration(calls, services);
  const { faults } = configuration;
  const platform = withinBudget(configuration.platform, budget);
  const dispatch = dispatcher(routes(), fallbacks);
  const handled = (ctx: Context<Update>): Promise<void> => through(ctx, () => dispatch(ctx));
  const pictures = createPictures(services, platform);
  const { images } = pictures;
  const renderer = createRenderer({
    load: loadCard,
    loadInGroup: loadGroupCard,
    view: render,
    images,
    clock,
    words: () => SHIPPED_WORDS,
    capturePage: () => undefined,
  });
  const wakeLane = (lane: string): void => lanes.wake(lane);
  const filesOf = createFileMaker(join(services.config.dataDir, 'lists'), () => undefined);
  const jobs = { filesOf, todoOf, todoPage: () => todoPage('https://bot.example', 'ding') };
  const delivery = createDelivery({
    ...services,
    platform,
    renderer,
    images,
    recorded: wakeLane,
    picturesHurried: () => pool.wake(),
    ...jobs,
  });
  // whoever wakes it goes on, and has no part in what it does
  const wake = AsyncResource.bind((): void => {
    delivery.wake();
    daily.wakeHandOver();
    pool.wake();
  });
  const daily = createDailyWork(services, { photos: pictures.store, wake, wakeLane, hasTodoPage: () => true });
  const lanes = createLanes({
    ...services,
    step: createLaneStep({
      ...services,
      budget,
      dispatch: handled,
      applyVerdict: (ctx, step) => through(ctx, () => applyVerdict(ctx, step)),
      trouble: sayTrouble,
    }),
    look: (lane) => lookIntoLane(services, lane),
    wake,
    heldElsewhere: (lane) => sayChecking({ clock, log, wake }, lane),
  });
  const checker = knownVerdicts((wanted) => createPhotoProcess({ wanted }));
  const pool = createPicturePool({
    ...services,
    platform,
    checker,
    photos: pictures.store,
    alike: createAlikePhotos({ photos: pictures.store, clock }),
    ready: wakeLane,
  });
  // an answer is on the card as soon as it is given: there is no phone that it travels to
  const taps = createTaps({
    ...services,
    renderer,
    images,
    dispatch: handled,
    pulse,
    cannotSave,
    budget,
    wake,
    answerTakesMs: 0,
  });
  const isThere = AsyncResource.bind(delivery.isThere);
  const recorder = createRecorder({ log, record: createRecordQueue({ clock, pulse }), wake: wakeLane });
  const codes = createCodeSettler({ clock, log, wake });
  const setBack = watchSetBack(services);
  return {
    recorder: {
      event: recorder.event,
      async message(update, reply) {
        if (update.from.outside === undefined) people.pushed(update.from.userId);
        await recorder.message(update);
        void sayInChat(update, reply);
        delivery.isThere(update.from.userId);
      },
    },
    cannotSave,
    wakeLane,
    taps(update) {
      people.pushed(update.userId);
      isThere(update.userId);
      return taps(update);
    },
    look: delivery.look,
    async sweep() {
      await setBack.look();
      await Promise.all([lanes.sweep(), cannotSave.takeBack(), delivery.look(), codes.look()]);
      await people.write();
      await budget.look();
      wake();
    },
    daily,
    photos: pictures.store,
    faults,
    left: () => whatIsLeft(inFlight, delivery, clock.now()),
    async close() {
      await lanes.close();
      await pool.close();
      await checker.close();
      await delivery.close();
      await images.close();
      await daily.close();
      pulse.close();
    },
  };
}
