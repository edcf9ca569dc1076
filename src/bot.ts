import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { derivedId } from '@field/kit/ids';
import type { Logger } from '@field/kit/log';
import { cardTemplateText } from '../cards/template.ts';
import type { PictureRef } from '../cards/view.ts';
import { render } from '../cards/views.ts';
import { createCodeSettler } from '../handlers/promotion/settle-codes.ts';
import { todoOf } from '../handlers/reminders/todo-of.ts';
import { tellFarAbove } from '../handlers/team/tell-far-above.ts';
import { tellLimits } from '../handlers/team/tell-limits.ts';
import { loadCard, loadGroupCard } from '../handlers/views.ts';
import { flowOf, productsOffered, useProgrammes } from '../models/programme-in-use.ts';
import { noteTemplate, readClockOffset, writeInstallation, writeWebAddress } from '../models/settings.ts';
import { feelPulse } from '../models/store-pulse.ts';
import { watchOtherProcesses } from './bot/other-processes.ts';
import { createPushCount } from './bot/push-count.ts';
import { type Config, webAddressOf } from './config/config.ts';
import { sayIfFromElsewhere } from './data-from-elsewhere.ts';
import { createDelivery } from './delivery/delivery.ts';
import { createRenderer } from './delivery/render-cards.ts';
import { setUpDemo } from './demo-isos.ts';
import { createSessionReply } from './dingtalk/session-webhook.ts';
import { startStream } from './dingtalk/stream.ts';
import { ORGANISATION } from './domain/budget.ts';
import { photosAddress } from './domain/photos-address.ts';
import { createFileMaker, forgetHalfMade } from './exports/make-files.ts';
import { openStore } from './opened-store.ts';
import { todoPage } from './platform/todo.ts';
import { wordsByPlace } from './programme/word-texts.ts';
import { programmeAtStart } from './programme-in-use/at-start.ts';
import { createCalls } from './wiring/calls.ts';
import { watchSetBack } from './wiring/clock-set-back.ts';
import { createDailyWork } from './wiring/daily-work.ts';
import { demoControl } from './wiring/demo-control.ts';
import { tellFigures } from './wiring/figures.ts';
import { createOrganisation } from './wiring/organisation.ts';
import { createPictures } from './wiring/pictures.ts';
import { createServices } from './wiring/services.ts';
import { startSite } from './wiring/site.ts';
import { watchStore } from './wiring/store-watch.ts';
import { startSweep } from './wiring/sweep.ts';
import { tallyStream } from './wiring/tallied.ts';
import { createUpdates } from './wiring/updates.ts';
import { startWebhooks } from './wiring/webhooks.ts';
import { tryAgain } from './work/try-again.ts';

export interface Bot {
  /** Runs the jobs that are due; woken every minute. */
  runDue(): Promise<void>;
  /** Stops taking, finishes what was begun, and closes everything, part by part; tells of each as it is begun. */
  close(begun?: (part: string) => void): Promise<void>;
}

/** Every promotion shows them in a tap's answer, which waits for nothing; other examples are uploaded when first shown. */
function shownToEverybody(): readonly PictureRef[] {
  const once = productsOffered().flatMap((product) => flowOf(product).steps.filter(({ repeats }) => !repeats));
  const names = once.flatMap(({ slots }) => slots.flatMap(({ example }) => example ?? []));
  return [...new Set(names)].map((name) => ({ kind: 'example', name }));
}

/** Puts the bot together and starts it; nothing that matters is kept in memory (architecture 8). */
export async function startBot(config: Config, log: Logger): Promise<Bot> {
  mkdirSync(config.dataDir, { recursive: true });
  const { alone, kept, parts: ofStore } = await openStore(config, log);

  const services = createServices(config, log, config.demo ? await readClockOffset() : 0);
  const { clock, dingTalkTime, ids, random, programmes, metrics, tally } = services;
  if (alone) await sayIfFromElsewhere(config.dataDir, log, clock.machine());
  const address = config.publicUrl ?? `http://127.0.0.1:${config.port}`;
  let isNew = false;
  const begin = async (): Promise<void> => {
    if (config.demo) await setUpDemo(ids);
    isNew = (await writeInstallation(config)) || isNew;
    await noteTemplate({ id: config.dingtalk.cardTemplateId, hash: derivedId(cardTemplateText()) });
    const start = { folder: config.programmeFolder, readingOf: programmes.readingOf };
    await programmeAtStart({ ...start, log, at: clock.now(), cause: ids.next() });
    await programmes.look();
    await writeWebAddress(webAddressOf(config));
  };
  useProgrammes(programmes);
  // several that start at once on an empty database write the same
  await tryAgain(begin);
  const programmeWatch = programmes.watch();

  const told = startWebhooks(services);
  const { platform, configuration, budget, people, prepare } = await createCalls(services, () => lifted());
  const pictures = createPictures(services, platform);
  const { images } = pictures;
  const words = () => wordsByPlace(programmes.current().programme);
  const organisation = await createOrganisation(log);
  const capturePage = (): string | undefined => {
    const corpId = organisation.corpId();
    const { capturesAt } = config;
    return capturesAt && corpId && `${capturesAt}/go/scan?corpId=${encodeURIComponent(corpId)}`;
  };
  const renderer = createRenderer({
    load: loadCard,
    loadInGroup: loadGroupCard,
    view: render,
    images,
    clock,
    words,
    capturePage,
  });
  const wakeLane = (lane: string): void => updates.lanes.wake(lane);
  const lists = join(config.dataDir, 'lists');
  await forgetHalfMade(lists, clock.machine());
  const filesOf = createFileMaker(lists, () => photosAddress(webAddressOf(config), organisation.corpId()));
  const pageOfTodos = () => todoPage(webAddressOf(config), organisation.corpId());
  const jobs = { filesOf, todoOf, todoPage: pageOfTodos };
  const picturesHurried = (): void => updates.wakePictures();
  const sending = { platform, renderer, images, recorded: wakeLane, picturesHurried, ...jobs };
  const delivery = createDelivery({ ...services, ...sending });
  const wake = (): void => {
    delivery.wake();
    daily.wakeHandOver();
    told.webhooks?.wake();
  };
  const lifted = (): void => {
    wake();
    updates.wakePictures();
  };
  const hasTodoPage = () => pageOfTodos() !== undefined;
  const daily = createDailyWork(services, { photos: pictures.store, wake, wakeLane, hasTodoPage });
  if (isNew) daily.jobs.nothingBefore();
  const pulse = feelPulse(clock);
  const updates = createUpdates(services, {
    platform,
    renderer,
    pictures,
    pulse,
    budget,
    people,
    wake,
    isThere: delivery.isThere,
    organisation,
  });

  const pushes = createPushCount(clock);
  const { clientId, clientSecret, apiBase, oapiBase, connections } = config.dingtalk;
  const { handlers } = updates;
  const sayToSession = createSessionReply([apiBase, oapiBase]);
  const stream = startStream({
    clientId,
    clientSecret,
    apiBase,
    connections,
    clock,
    log,
    random,
    onPush(pushedAt) {
      pushes.count();
      if (pushedAt !== undefined) dingTalkTime.heard(pushedAt);
    },
    handlers,
    sayToSession,
    ...tallyStream(tally),
  });
  void prepare().catch((err: unknown) => log.warn({ err }, 'platform.notPrepared'));
  images.prepare(shownToEverybody(), ORGANISATION);

  const codes = createCodeSettler({ clock, log, wake });
  const setBack = watchSetBack(services);
  const sweep = async (): Promise<void> => {
    await setBack.look();
    // at once where one does not hang on the other: what is asked then takes one command
    await Promise.all([updates.sweep(), delivery.look(), codes.look(), daily.lookIfAsked()]);
    await Promise.all([pushes.write(), people.write()]);
    const [month] = await Promise.all([budget.look(), tellFarAbove({ clock, log }, config.limits.pushes)]);
    await tellLimits(log, config.limits, month);
    wake();
  };
  const sweeping = startSweep(sweep, log);
  await sweep();
  daily.wakeLanding();
  daily.wakeRetention();
  daily.sftp?.wake();
  const others = watchOtherProcesses({
    ...services,
    tookOver: () => {
      setBack.processEnded();
      sweeping.now();
      daily.wakeLanding();
    },
  });
  if (!alone) others.start();

  const beginAgain = async (): Promise<void> => {
    await begin();
    daily.jobs.nothingBefore();
    await organisation.keepAgain();
    people.forget();
    images.forget();
    await budget.look();
    await images.getReady(shownToEverybody(), ORGANISATION);
  };
  tellFigures(services, { stream, configuration, kept, told, updates });
  const { dataDir, diskLowBytes: lowBytes } = config;
  const savesAgain = (): void => {
    updates.savesAgain();
    sweeping.now();
  };
  const storeWatch = watchStore({ dataDir, lowBytes, log, metrics, machine: () => clock.machine(), savesAgain });
  await storeWatch.look();
  const site = await startSite(services, {
    address,
    built: new URL('./web/', import.meta.url),
    platform,
    pictures,
    daily,
    updates,
    stream,
    storeWatch,
    kept,
    configuration,
    told,
    control: config.demo ? demoControl(services, { delivery, daily, pushes, begin: beginAgain }) : undefined,
  });
  log.info({ demo: config.demo, port: site.port }, 'bot.started');

  return {
    runDue: () => daily.jobs.runDue(),
    async close(begun = () => undefined) {
      sweeping.stop();
      storeWatch.close();
      const parts: readonly (readonly [string, () => unknown])[] = [
        ['programme', () => programmeWatch.close()],
        ['stream', () => stream.close()],
        ['people', () => people.write().catch((err: unknown) => log.error({ err }, 'people.notCounted'))],
        ['pushes', () => pushes.write().catch((err: unknown) => log.error({ err }, 'pushes.notCounted'))],
        ['updates', () => updates.close()],
        ['delivery', () => delivery.close()],
        ['webhooks', () => told.webhooks?.close()],
        ['images', () => images.close()],
        ['site', () => site.close()],
        ['daily', () => daily.close()],
        ['processes', () => others.close()],
        ['pulse', () => pulse.close()],
        ...ofStore,
      ];
      for (const [part, close] of parts) {
        begun(part);
        await close();
      }
    },
  };
}
