import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { present } from '@field/kit/present';
import type { ConfigurationWatch } from '../delivery/configuration-watch.ts';
import type { Stream } from '../dingtalk/stream.ts';
import type { Platform } from '../platform/platform.ts';
import { scanAssets } from '../web/capture/assets.ts';
import { captureRoutes } from '../web/capture/routes.ts';
import { createSignedPage } from '../web/capture/signed-page.ts';
import { entryRoutes } from '../web/entries/routes.ts';
import { createSignIn } from '../web/entries/sign-in.ts';
import { exampleRoutes } from '../web/examples.ts';
import { itemPhotoRoutes } from '../web/item-photos/routes.ts';
import { joinRoutes } from '../web/join/routes.ts';
import { fontRoutes } from '../web/pages/fonts.ts';
import { staticFile } from '../web/pages/static-file.ts';
import { trustProxies } from '../web/pages/visit-limits.ts';
import { photoRoutes } from '../web/photos.ts';
import { startWeb, type Web, type WebOptions } from '../web/server.ts';
import { capturing } from './capturing.ts';
import { connectionHealth } from './connection.ts';
import type { DailyWork } from './daily-work.ts';
import { deadLettersHealth } from './dead-letters.ts';
import { feedsOf } from './feeds.ts';
import { adminsHealth } from './isos-without-admin.ts';
import { photosOfPromoted } from './item-photos.ts';
import { picturesHealth } from './kept-aside.ts';
import type { KeptData } from './kept-data.ts';
import { exampleNow, type Pictures } from './pictures.ts';
import type { Services } from './services.ts';
import { sftpHealth } from './sftp.ts';
import type { StoreWatch } from './store-watch.ts';
import { codesHealth } from './unknown-codes.ts';
import type { Updates } from './updates.ts';
import type { ToldByWebhook } from './webhooks.ts';

/** 512 MB at 2.5 Mbit/s. */
const LONGEST_UPLOAD_MS = 30 * 60_000;

export interface SiteParts {
  /** Where the bot is reached: what a visitor's browser sends back must have come from there. */
  readonly address: string;
  /** The folder of `src/web` as it was built. */
  readonly built: URL;
  readonly platform: Platform;
  readonly pictures: Pictures;
  readonly daily: DailyWork;
  readonly updates: Updates;
  readonly stream: Pick<Stream, 'state'>;
  readonly storeWatch: StoreWatch;
  readonly kept: KeptData;
  readonly configuration: ConfigurationWatch;
  readonly told: ToldByWebhook;
  readonly control: WebOptions['control'];
}

/** Starts all that the bot serves: pages for people and phones, uploads of daily files, health, metrics, and the demo's control. */
export async function startSite(services: Services, parts: SiteParts): Promise<Web> {
  const { config, log, metrics } = services;
  const feeds = feedsOf(services, parts.daily);
  trustProxies(config.web.trustedProxies);
  const web = await startWeb({
    port: config.port,
    host: config.web.host,
    admin: config.web.admin,
    metrics,
    pages: [...pagesOf(services, parts), ...(feeds ? [feeds.router] : [])],
    longestRequestMs: feeds && LONGEST_UPLOAD_MS,
    onError: (err) => log.error({ err }, 'web.failed'),
    health: healthOf(parts),
    control: parts.control,
  });
  return {
    ...web,
    async close() {
      feeds?.close();
      await web.close();
    },
  };
}

function pagesOf(
  services: Services,
  { address, built, platform, pictures, updates }: SiteParts,
): NonNullable<WebOptions['pages']> {
  const { config, clock, ids, dingTalkTime } = services;
  const { clientId, agentId } = config.dingtalk;
  const scan = scanAssets(fileURLToPath(new URL('capture/files', built)));
  const signIn = createSignIn({ clock, ids, clientId, address, platform });
  const entryScript = readFileSync(new URL('entries/open-entry.js', built));
  const script = staticFile('open.js', 'text/javascript; charset=utf-8', entryScript);
  const recorded = (lane: string): void => updates.lanes.wake(lane);
  const { links, phonePhoto, sheet } = pictures;
  return [
    exampleRoutes(exampleNow),
    photoRoutes({ links, photo: phonePhoto, sheet }),
    joinRoutes({ clock, ids, address, recorded }),
    fontRoutes(),
    scan.router,
    captureRoutes({
      clock,
      clientId,
      address,
      signIn,
      dingTalkNow: () => dingTalkTime.now(),
      recorded,
      files: scan.files,
      signed: createSignedPage({
        address,
        agentId,
        platform,
        machine: () => clock.machine(),
        newNonce: () => ids.token(),
      }),
      ...capturing(services),
    }),
    entryRoutes({ clock, clientId, signIn, script, recorded }),
    itemPhotoRoutes({ clock, clientId, signIn, script, photosOf: photosOfPromoted, photo: phonePhoto }),
  ];
}

function healthOf({ storeWatch, kept, stream, updates, configuration, told, daily }: SiteParts): WebOptions['health'] {
  const { sftp } = daily;
  return {
    store: () => storeWatch.health().store,
    disk: () => storeWatch.health().disk,
    data: kept.health,
    connection: () => connectionHealth(stream),
    installation: () => updates.installationHealth(),
    configuration: () => {
      const faults = configuration.faults();
      return { ok: faults.length === 0, detail: faults.join('; ') || undefined, essential: false };
    },
    pictures: picturesHealth,
    codes: codesHealth,
    delivery: deadLettersHealth,
    admins: adminsHealth,
    ...told.health,
    ...present({ sftp: sftp && (() => sftpHealth(sftp)) }),
  };
}
