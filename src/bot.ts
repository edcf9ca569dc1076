import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { render } from '../cards/registry.ts';
import type { PictureRef } from '../cards/view.ts';
import { tellDataNotice } from '../handlers/admin/tell-data-notice.ts';
import { tellLimits } from '../handlers/admin/tell-limits.ts';
import { fallbacks, sayTrouble } from '../handlers/fallbacks.ts';
import { loadGroupCard } from '../handlers/groups/load-cards.ts';
import { tellDigest } from '../handlers/groups/tell-digest.ts';
import { applyVerdict } from '../handlers/photos/apply-verdict.ts';
import { lapseItems } from '../handlers/review/lapse-items.ts';
import { createTellStaff } from '../handlers/review/tell-results.ts';
import { routes } from '../handlers/routes.ts';
import { loadCard } from '../handlers/views.ts';
import { connect, databaseAnswers, disconnect, forgetEverything } from '../models/database.ts';
import { expireInbox } from '../models/inbox.ts';
import { gridFsPhotoStore } from '../models/photo-files.ts';
import { useDataKey } from '../models/sealing.ts';
import { readClockOffset, writeClockOffset, writeInstallation, writeWebAddress } from '../models/settings.ts';
import { dispatcher } from './bot/dispatch.ts';
import { whatIsLeft, whatIsLeftAfter } from './bot/idle.ts';
import { createInFlight } from './bot/in-flight.ts';
import { createLaneStep } from './bot/lane-step.ts';
import { createLanes } from './bot/lanes.ts';
import { moveClock, untilNothingElseRuns } from './bot/moving-time.ts';
import { createPushCount } from './bot/push-count.ts';
import { createRecorder } from './bot/recording.ts';
import { takeOver } from './bot/take-over.ts';
import { ANSWER_TAKES_MS, createTaps } from './bot/taps.ts';
import { MovableClock } from './clock.ts';
import type { Config } from './config.ts';
import { expireAssociations } from './daily/expire-associations.ts';
import { expireInspections } from './daily/expire-inspections.ts';
import { createHandOver } from './daily/hand-over.ts';
import { directorySource } from './daily/incoming/directory-source.ts';
import { createLanding } from './daily/incoming/landing.ts';
import { createJobs, hourly } from './daily/jobs.ts';
import { createOutgoing } from './daily/outgoing.ts';
import { createDelivery } from './delivery/delivery.ts';
import { EXAMPLES } from './delivery/example-pictures.ts';
import { createGate } from './delivery/gate.ts';
import { createLinkedImages } from './delivery/linked-images.ts';
import { createRenderer } from './delivery/render-cards.ts';
import { createUploadedImages } from './delivery/uploaded-images.ts';
import { setUpDemo } from './demo-people.ts';
import { createOpenApi } from './dingtalk/open-api.ts';
import { startStream } from './dingtalk/stream.ts';
import { MARKETING_CODE_PAYLOAD } from './domain/marketing-code.ts';
import { startEmbeddedStore } from './embedded/start.ts';
import { systemIds } from './ids.ts';
import type { Logger } from './log.ts';
import { filePhotoStore } from './media/file-photo-store.ts';
import { createPhonePhotos } from './media/phone-photos.ts';
import { createPhotoChecker } from './media/photo-checker.ts';
import { createPhotoLinks } from './media/photo-links.ts';
import { createPicturePool } from './media/picture-pool.ts';
import { qrJpeg } from './media/qr-picture.ts';
import { exampleRoutes } from './web/examples.ts';
import { joinRoutes } from './web/join/routes.ts';
import { newMetrics } from './web/metrics.ts';
import { photoRoutes } from './web/photos.ts';
import { startWeb } from './web/server.ts';

export interface Bot {
  /** Runs the jobs that are due; woken every minute. */
  runDue(): Promise<void>;
  /** Stops taking, finishes what was begun, and closes everything. */
  close(): Promise<void>;
}

/** How long DingTalk may still push an update again. */
const INBOX_KEPT_MS = 24 * 3_600_000;
const SWEEP_EVERY_MS = 5_000;
/** Every promotion shows it in a tap's answer, which waits for nothing; other examples are uploaded when first shown. */
const SHOWN_TO_EVERYBODY: readonly PictureRef[] = [{ kind: 'example', name: 'storefront' }];

/** Puts the bot together and starts it; nothing that matters is kept in memory (design 8). */
export async function startBot(config: Config, log: Logger): Promise<Bot> {
  mkdirSync(config.dataDir, { recursive: true });
  useDataKey(config.dataKey);
  const store =
    config.mongodbUri === undefined ? await startEmbeddedStore({ dataDir: config.dataDir, port: 0 }) : undefined;
  await connect(config.mongodbUri ?? store?.uri ?? '');
  if (store !== undefined) await takeOver();

  const ids = systemIds;
  const clock = new MovableClock(config.demo ? await readClockOffset() : 0);
  const inFlight = createInFlight();
  if (config.demo) await setUpDemo(ids);
  await writeInstallation(config);
  const pushes = createPushCount(clock);

  const platform = createOpenApi({
    ...config.dingtalk,
    templateId: config.dingtalk.cardTemplateId,
    clock,
    log,
    gate: createGate(clock),
  });
  const photos = config.mongodbUri === undefined ? filePhotoStore(config.dataDir) : gridFsPhotoStore();
  const phonePhoto = createPhonePhotos(photos);
  const photoLinks = createPhotoLinks(config.dataKey, () => clock.now());
  const images =
    config.publicUrl === undefined
      ? createUploadedImages({
          ...{ app: config.dingtalk.clientId, platform, photo: phonePhoto, code: qrJpeg },
          ...{ clock, log, inFlight, random: ids.random },
        })
      : createLinkedImages(config.publicUrl, photoLinks.tokenFor);
  const renderer = createRenderer({ load: loadCard, loadInGroup: loadGroupCard, view: render, images, clock });
  const delivery = createDelivery({
    ...{ platform, renderer, images, clock, ids, log, random: ids.random, inFlight },
    recorded: (lane) => lanes.poke(lane),
  });
  const outgoing = createOutgoing({
    dir: join(config.dataDir, 'outgoing'),
    photos,
    clock,
    timeZone: config.programmeTimeZone,
  });
  const handOver = createHandOver({ outgoing, clock, ids, log, inFlight });
  const checker = createPhotoChecker({
    wanted: MARKETING_CODE_PAYLOAD,
    onReaderFailure: (err) => log.error({ err }, 'codeReader.failed'),
  });
  const pokeSenders = (): void => {
    delivery.poke();
    handOver.poke();
  };

  const router = routes();
  const dispatch = dispatcher(router, fallbacks);
  const lanes = createLanes({
    clock,
    ids,
    log,
    inFlight,
    step: createLaneStep({ clock, ids, log, dispatch, applyVerdict, trouble: sayTrouble }),
    poke: () => {
      pokeSenders();
      pictures.poke();
    },
  });
  const pictures = createPicturePool({
    ...{ platform, checker, photos, clock, ids, log, inFlight, random: ids.random },
    ready: (userId) => lanes.poke(userId),
  });
  const taps = createTaps({
    ...{ clock, ids, log, renderer, images, inFlight, dispatch, poke: pokeSenders },
    answerTakesMs: config.demo ? ANSWER_TAKES_MS.sandbox : ANSWER_TAKES_MS.dingTalk,
  });

  const stream = startStream({
    clientId: config.dingtalk.clientId,
    clientSecret: config.dingtalk.clientSecret,
    apiBase: config.dingtalk.apiBase,
    clock,
    log,
    onPush: pushes.count,
    handlers: {
      ...createRecorder({ router, clock, log, poke: (lane) => lanes.poke(lane) }),
      tap: (update) => taps(update),
    },
  });
  void platform.prepare().catch((err: unknown) => log.warn({ err }, 'platform.notPrepared'));
  images.prepare(SHOWN_TO_EVERYBODY);

  const incoming = join(config.dataDir, 'incoming');
  const landing = createLanding({
    source: directorySource(incoming, log),
    workDir: join(config.dataDir, 'landing'),
    tell: {
      staff: createTellStaff(clock, config.programmeTimeZone),
      iso: (day) => tellDigest(clock, day),
      admins: (notice) => tellDataNotice(clock, notice),
    },
    ...{ poke: pokeSenders, clock, ids, log, inFlight },
  });
  const jobs = createJobs(
    [
      handOver.job,
      landing.job,
      lapseItems(clock, pokeSenders),
      expireAssociations(clock, (lane) => lanes.poke(lane)),
      expireInspections(pokeSenders),
      {
        name: 'expire-inbox',
        ...hourly(10),
        run: async () => {
          const expired = await expireInbox(clock.now() - INBOX_KEPT_MS);
          log.info({ expired }, 'inbox.expired');
        },
      },
    ],
    clock,
    log,
  );
  const left = (): Promise<readonly string[]> => whatIsLeft(inFlight, delivery);
  const sweepAll = async (): Promise<void> => {
    await lanes.sweep();
    pictures.poke();
    await pushes.write();
    await tellLimits(clock, config.limits);
    pokeSenders();
  };
  const sweeping = setInterval(() => {
    sweepAll().catch((err: unknown) => log.error({ err }, 'sweep.failed'));
  }, SWEEP_EVERY_MS);
  await sweepAll();
  landing.poke();

  const address = config.publicUrl ?? `http://127.0.0.1:${config.port}`;
  await writeWebAddress(config.publicUrl ?? (config.demo ? address : undefined));
  const web = await startWeb({
    port: config.port,
    host: config.demo ? '127.0.0.1' : '0.0.0.0',
    metrics: newMetrics(),
    pages: [
      exampleRoutes(EXAMPLES),
      photoRoutes({ links: photoLinks, photo: phonePhoto }),
      joinRoutes({ clock, ids, address, recorded: (lane) => lanes.poke(lane) }),
    ],
    onError: (err) => log.error({ err }, 'web.failed'),
    health: async () => ({ store: { ok: await databaseAnswers() }, connection: { ok: stream.state().connected } }),
    ...(config.demo && {
      control: {
        async idle(withinMs) {
          const open = await whatIsLeftAfter(withinMs, left, inFlight);
          return { idle: open.length === 0, left: open };
        },
        moveClock: (now) => moveClock(now, { clock, jobs, left, inFlight }),
        async reset(now) {
          await untilNothingElseRuns({ left, clock, inFlight });
          clock.reset(now);
          await pushes.write();
          await forgetEverything();
          await writeClockOffset(clock.offsetMs);
          await outgoing.clear();
          await rm(incoming, { recursive: true, force: true });
          await setUpDemo(ids);
          await writeWebAddress(address);
          await writeInstallation(config);
          await images.getReady(SHOWN_TO_EVERYBODY);
        },
        runDue: () => jobs.runDue(),
      },
    }),
  });
  log.info({ demo: config.demo, port: web.port }, 'bot.started');

  return {
    runDue: () => jobs.runDue(),
    async close() {
      clearInterval(sweeping);
      await stream.close();
      await pushes.write().catch((err: unknown) => log.error({ err }, 'pushes.notCounted'));
      await lanes.close();
      await pictures.close();
      await delivery.close();
      await images.close();
      await handOver.close();
      await landing.close();
      await checker.close();
      await web.close();
      await disconnect();
      await store?.close();
    },
  };
}
