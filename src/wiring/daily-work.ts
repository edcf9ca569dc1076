import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { tellDigest } from '../../handlers/groups/tell-digest.ts';
import { keepTodos } from '../../handlers/reminders/keep-todos.ts';
import { remindStaff } from '../../handlers/reminders/remind-staff.ts';
import { lapseItems } from '../../handlers/review/lapse-items.ts';
import { createTellStaff } from '../../handlers/review/tell-results.ts';
import { tellDataNotice } from '../../handlers/team/tell-data-notice.ts';
import { expireInbox } from '../../models/inbox.ts';
import type { PhotoStore } from '../../models/photo-store.ts';
import { expireAssociations } from '../daily/expire-associations.ts';
import { expireInspections } from '../daily/expire-inspections.ts';
import { createHandOver } from '../daily/hand-over.ts';
import { hearAsked } from '../daily/incoming/ask-to-look.ts';
import { directorySource } from '../daily/incoming/directory-source.ts';
import { createLanding } from '../daily/incoming/landing.ts';
import { besides, createJobs, hourly, type Job, type Jobs } from '../daily/jobs.ts';
import { createOutgoing } from '../daily/outgoing.ts';
import { recountTallies } from '../daily/recount-tallies.ts';
import { remindOfAsks } from '../daily/remind-of-asks.ts';
import { remindOfRequests } from '../daily/remind-of-requests.ts';
import { cardRules } from '../daily/retention/cards.ts';
import { draftRule } from '../daily/retention/drafts.ts';
import { fileRules } from '../daily/retention/files.ts';
import { cutOffRule, photoRule } from '../daily/retention/photos.ts';
import { recordRules } from '../daily/retention/records.ts';
import { createRetention } from '../daily/retention/retention.ts';
import { webhookRule } from '../daily/retention/webhooks.ts';
import { createArrivals } from '../daily/sources/arrived.ts';
import { createIntake, type Intake } from '../daily/sources/intake.ts';
import type { Sftp } from '../daily/sources/sftp/sftp.ts';
import { watchedSource } from '../daily/sources/watched-source.ts';
import { tellOfLateResults } from '../daily/tell-of-late-results.ts';
import { tellOfUnanswered } from '../daily/tell-of-unanswered.ts';
import { lookForAdmins } from './isos-without-admin.ts';
import type { Services } from './services.ts';
import { sftpOf } from './sftp.ts';
import { tallyJobs } from './tallied.ts';

/** What comes and goes in files, and everything that is done at set times. */
export interface DailyWork {
  readonly jobs: Jobs;
  /** Where files come in that come over a network. */
  readonly intake: Intake;
  readonly sftp: Sftp | undefined;
  /** Something may be there to be handed over. */
  wakeHandOver(): void;
  /** Looks for files that have landed, as after a start. */
  wakeLanding(): void;
  /** Looks for them where somebody has asked for it. */
  lookIfAsked(): Promise<void>;
  /** Goes on with removing what is over, as after a start. */
  wakeRetention(): void;
  /** Removes every file of the demo. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** How long DingTalk may still push an update again. */
const INBOX_KEPT_MS = 24 * 3_600_000;

export function createDailyWork(
  { config, ...services }: Services,
  options: {
    readonly photos: PhotoStore;
    readonly wake: () => void;
    readonly wakeLane: (lane: string) => void;
    /** Whether to-dos have a page that they lead to. */
    readonly hasTodoPage: () => boolean;
  },
): DailyWork {
  const { clock, log, tally } = services;
  const { photos, wake, wakeLane, hasTodoPage } = options;
  const timeZone = config.programmeTimeZone;
  const outgoing = createOutgoing({ dir: join(config.dataDir, 'outgoing'), photos, clock, timeZone });
  const handOver = createHandOver({ ...services, outgoing });
  const incoming = join(config.dataDir, 'incoming');
  const arrived = join(config.dataDir, 'arrived');
  const arrivals = createArrivals(arrived);
  const source = watchedSource(
    directorySource(incoming, log, () => clock.now(), { encoding: config.incomingEncoding, arrivals }),
  );
  const landing = createLanding({
    ...services,
    source,
    workDir: join(config.dataDir, 'landing'),
    tell: {
      staff: createTellStaff(clock, { timeZone, draftsDays: config.keep.draftsDays }),
      iso: (day) => tellDigest(clock, { ...day, timeZone }),
      admins: (notice) => tellDataNotice(clock, notice),
    },
    wake,
  });
  const expireUpdates: Job = {
    name: 'expire-inbox',
    ...besides(hourly(10)),
    run: async () => {
      const expired = await expireInbox(clock.now() - INBOX_KEPT_MS);
      log.info({ expired }, 'inbox.expired');
    },
  };
  const release = { photos, app: config.dingtalk.clientId };
  const retention = createRetention({
    ...services,
    name: 'retention',
    process: undefined,
    rules: [
      ...cardRules(config.keep, clock),
      draftRule(config.keep, release),
      photoRule(config.keep, release),
      cutOffRule(release, clock),
      ...recordRules(config.keep, timeZone),
      webhookRule(config.keep, log),
    ],
  });
  const fileRetention = createRetention({
    ...services,
    name: 'file-retention',
    rules: fileRules(config.keep, { outgoing, handOver, incoming, arrived, timeZone }),
  });
  const scheduled = [
    handOver.job,
    landing.job,
    remindStaff({ clock, draftsDays: config.keep.draftsDays, sends: wake }),
    keepTodos({ clock, hasPage: hasTodoPage, sends: wake }),
    lapseItems(clock, wake),
    expireAssociations(clock, wakeLane),
    remindOfRequests(clock, wakeLane),
    remindOfAsks(clock, wakeLane),
    tellOfUnanswered(clock, wakeLane),
    tellOfLateResults({ clock, timeZone, wake: () => landing.wake() }),
    expireInspections(wake),
    recountTallies({ clock, log, corrected: (count) => tally.count('tallies_corrected_total', count) }),
    expireUpdates,
    lookForAdmins(log),
    retention.job,
    fileRetention.job,
  ];
  const jobs = createJobs(scheduled, clock, log, tallyJobs(tally, scheduled));
  const intake = createIntake({ dir: incoming, isBeingLanded: source.isBeingLanded, arrivals });
  const sftp = sftpOf({ config, ...services }, { intake, outgoing, taken: landing.wake });
  return {
    jobs,
    intake,
    sftp,
    wakeHandOver: () => handOver.wake(),
    wakeLanding: () => landing.wake(),
    async lookIfAsked() {
      // a folder that cannot be read is told by the landing, and keeps nothing else from its turn
      if (await hearAsked(incoming).catch(() => false)) landing.wake();
    },
    wakeRetention() {
      retention.wake();
      fileRetention.wake();
    },
    async clear() {
      await outgoing.clear();
      await rm(incoming, { recursive: true, force: true });
      await rm(arrived, { recursive: true, force: true });
      await rm(join(config.dataDir, 'sftp'), { recursive: true, force: true });
    },
    async close() {
      await sftp?.close();
      await handOver.close();
      await landing.close();
      await retention.close();
      await fileRetention.close();
    },
  };
}
