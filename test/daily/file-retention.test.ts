import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DAY_MS } from '@field/kit/calendar';
import { systemIds } from '@field/kit/ids';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { forgetEverything } from '../../models/database.ts';
import { newFolder, servers } from '../../packages/embedded-store/test/stores.ts';
import { readConfig } from '../../src/config/config.ts';
import { filePhotoStore } from '../../src/media/file-photo-store.ts';
import { DingTalkTime } from '../../src/platform/dingtalk-time.ts';
import { createHeldProgrammes } from '../../src/programme-in-use/held-programmes.ts';
import { createDailyWork } from '../../src/wiring/daily-work.ts';
import { createInFlight } from '../../src/work/in-flight.ts';
import { useModels } from '../models/store.ts';
import { hearCommands } from '../support/hear-commands.ts';
import { logLines } from '../support/log-lines.ts';
import { StillClock } from '../support/still-clock.ts';
import { toldNobody } from '../support/told-nobody.ts';

/** A process with this data folder; `night` is its night. */
function aProcess(name: string, folder: string) {
  const clock = new StillClock();
  const here = 'http://127.0.0.1';
  const config = readConfig({ DATA_DIR: folder, DINGTALK_API_BASE: here, DINGTALK_OAPI_BASE: here });
  const { log, of } = logLines('info');
  const inFlight = createInFlight();
  const own = { process: name, clock, dingTalkTime: new DingTalkTime(clock), ids: systemIds, random: () => 0.5 };
  const services = { ...own, config, log, inFlight, programmes: createHeldProgrammes(log), ...toldNobody() };
  const nothing = (): void => undefined;
  const daily = createDailyWork(services, {
    photos: filePhotoStore(folder),
    wake: nothing,
    wakeLane: nothing,
    hasTodoPage: () => false,
  });
  onTestFinished(() => daily.close());
  return {
    failed: () => of('retention.ruleFailed'),
    /** In the folder since before all that is kept. */
    old(path: string): string {
      const whole = join(folder, path);
      mkdirSync(join(whole, '..'), { recursive: true });
      writeFileSync(whole, '');
      const longAgo = (clock.now() - 200 * DAY_MS) / 1_000;
      utimesSync(whole, longAgo, longAgo);
      return whole;
    },
    async night(): Promise<void> {
      clock.moveTo(clock.now() + DAY_MS);
      await daily.jobs.runDue();
      while (inFlight.left().length > 0) await inFlight.changed(inFlight.changes(), 1_000);
    },
  };
}

function aFolder(): string {
  const { folder, remove } = newFolder();
  onTestFinished(remove);
  return folder;
}

describe.each(servers())('two processes at night on the $name server', ({ uri }) => {
  useModels(uri, { watched: true });
  beforeEach(forgetEverything);

  it('each on its own machine: both remove from their folders what is over', async () => {
    const [one, other] = [aProcess('one', aFolder()), aProcess('other', aFolder())];
    const files = [one, other].flatMap((each) => [
      each.old('incoming/done/review_20260101_001.csv'),
      each.old('incoming/quarantine/review_20260102_001.csv'),
    ]);
    await one.night();
    await other.night();
    expect(files.filter((file) => existsSync(file))).toEqual([]);
  });

  it('in one folder at once: what is over goes, and neither fails on what the other took', async () => {
    const folder = aFolder();
    const both = [aProcess('one', folder), aProcess('other', folder)] as const;
    const files = Array.from({ length: 200 }, (_, n) => both[0].old(`incoming/done/review_20260101_${n}.csv`));
    await Promise.all(both.map((each) => each.night()));
    expect(files.filter((file) => existsSync(file))).toEqual([]);
    expect(both.flatMap((each) => each.failed())).toEqual([]);
  });

  it('in which nothing is over: whose turn it is is said as it begins and ends, whatever is looked for', async () => {
    const written: string[] = [];
    const enough = hearCommands(({ commandName, command }) => {
      if (commandName === 'update' && command.update === 'leases') written.push(command.updates[0].q._id);
    });
    await aProcess('alone', aFolder()).night();
    enough();
    // a turn that nobody has is asked for twice: once as one's own
    expect(written.filter((name) => name === 'retention').length).toBeLessThanOrEqual(3);
    expect(written).toContain('retention');
  });
});
