import { appendFileSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freeLeases } from '../../../models/leases.ts';
import { useModels } from '../../models/store.ts';
import { SftpHarness } from './sftp-harness.ts';

const NAME = 'review_20260503_001.csv';
const RESULT = 'line,sourceRowKey,outcome,reason\r\n2,1,applied,\r\n';

useModels(undefined);

/** Begun, on a server of its own. */
async function begun({ longestMs = 20_000 } = {}): Promise<SftpHarness> {
  const harness = new SftpHarness();
  harness.longestMs = longestMs;
  await harness.startServer();
  await freeLeases();
  harness.start();
  return harness;
}

/** As the landing puts a file away. */
function putAway(harness: SftpHarness, where: 'done' | 'quarantine', name = NAME): void {
  const folder = join(harness.incoming, where);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name.replace('.csv', '.result.csv')), RESULT);
  renameSync(join(harness.incoming, name), join(folder, name));
}

describe('a file on an SFTP server', () => {
  it('is fetched whole, lands here, and goes to done there with its result', async () => {
    const harness = await begun();
    const content = 'a,b\r\n'.repeat(100_000);
    harness.put(`in/${NAME}`, content);
    await expect.poll(() => harness.here()).toEqual([NAME]);
    await expect.poll(() => harness.taken).toBe(1);
    await harness.looks();
    expect(harness.there('in')).toEqual([NAME]);
    expect(await harness.arrivals.of(NAME)).toMatchObject({ by: 'sftp' });
    putAway(harness, 'done');
    await expect.poll(() => harness.there('in')).toEqual(['done']);
    expect(harness.there('in/done')).toEqual([NAME, 'review_20260503_001.result.csv']);
    expect(harness.textThere(`in/done/${NAME}`)).toBe(content);
    expect(harness.textThere('in/done/review_20260503_001.result.csv')).toBe(RESULT);
    await expect.poll(() => harness.events('sftp.givenBack')).toMatchObject([{ file: NAME }]);
  });

  it('that is refused goes to quarantine there; put in once more it is looked at afresh', async () => {
    const harness = await begun();
    harness.put(`in/${NAME}`, 'x');
    await expect.poll(() => harness.here()).toEqual([NAME]);
    putAway(harness, 'quarantine');
    await expect.poll(() => harness.there('in')).toEqual(['quarantine']);
    harness.put(`in/${NAME}`, 'x', 30);
    await expect.poll(() => harness.here()).toEqual(['quarantine', NAME]);
    putAway(harness, 'done');
    await expect.poll(() => harness.there('in/done')).toEqual([NAME, 'review_20260503_001.result.csv']);
  });

  it('is left alone while it is written, under another name, or no file at all', async () => {
    const harness = await begun();
    harness.put(`in/${NAME}.part`, 'half');
    harness.put('in/notes.txt', 'mine');
    mkdirSync(join(harness.server.root, 'in/review_20260503_007.csv'));
    symlinkSync('/etc/hostname', join(harness.server.root, 'in/review_20260503_008.csv'));
    harness.server.faults.before = (request) => {
      // it grows at every look
      if (request === 'OPENDIR') appendFileSync(join(harness.server.root, 'in', NAME), 'more\n');
    };
    await harness.looks(5);
    expect(harness.server.asked.filter((asked) => asked.startsWith('OPEN /'))).toEqual([]);
    harness.server.faults.before = undefined;
    await expect.poll(() => harness.here()).toEqual([NAME]);
  });

  it('is not fetched before it has stayed the same for long enough', async () => {
    const harness = new SftpHarness();
    harness.settledMs = 3_600_000;
    await harness.startServer();
    await freeLeases();
    harness.start();
    harness.put(`in/${NAME}`, 'x');
    await harness.looks(5);
    expect(harness.server.asked).not.toContain(`OPEN /in/${NAME}`);
  });

  it('that was landed before, under this name, is answered with what became of it then', async () => {
    const harness = await begun();
    mkdirSync(join(harness.incoming, 'done'), { recursive: true });
    writeFileSync(join(harness.incoming, 'done', NAME), 'x');
    writeFileSync(join(harness.incoming, 'done', 'review_20260503_001.result.csv'), RESULT);
    harness.put(`in/${NAME}`, 'x');
    await expect.poll(() => harness.there('in/done')).toEqual([NAME, 'review_20260503_001.result.csv']);
    expect(harness.here()).toEqual(['done']);
  });

  it('keeps what lies in done there', async () => {
    const harness = await begun();
    mkdirSync(join(harness.server.root, 'in/done'));
    harness.put(`in/done/${NAME}`, 'of last week');
    harness.put('in/done/review_20260503_001.result.csv', 'of last week');
    harness.put(`in/${NAME}`, 'x');
    await expect.poll(() => harness.here()).toEqual([NAME]);
    putAway(harness, 'done');
    await expect.poll(() => harness.there('in')).toEqual(['done']);
    expect(harness.there('in/done')).toEqual([
      'review_20260503_001.2.csv',
      'review_20260503_001.2.result.csv',
      NAME,
      'review_20260503_001.result.csv',
    ]);
    expect(harness.textThere(`in/done/${NAME}`)).toBe('of last week');
  });

  it('that is put here by hand as well waits for its turn', async () => {
    const harness = await begun();
    mkdirSync(harness.incoming);
    writeFileSync(join(harness.incoming, NAME), 'by hand');
    harness.put(`in/${NAME}`, 'by SFTP');
    await harness.looks(4);
    expect(harness.server.asked).not.toContain(`OPEN /in/${NAME}`);
    putAway(harness, 'done');
    await expect.poll(() => harness.here()).toEqual(['done', NAME]);
  });
});

describe('a server that', () => {
  it('says less than it sends is told so once, and nothing of the file is kept', async () => {
    const harness = await begun();
    harness.server.faults.hidesBytes = 3;
    harness.put(`in/${NAME}`, 'a,b\r\n1,2\r\n');
    await expect.poll(() => harness.events('sftp.notTaken')).toMatchObject([{ file: NAME, why: 'notItsSize' }]);
    await harness.looks(4);
    expect(harness.events('sftp.notTaken')).toHaveLength(1);
    expect([harness.here(), harness.there('in')]).toEqual([[], [NAME]]);
  });

  it('changes a file while it is fetched: nothing of it is kept', async () => {
    const harness = await begun();
    harness.put(`in/${NAME}`, 'a,b\r\n1,2\r\n');
    harness.server.faults.before = (request) => {
      if (request === 'READ') harness.put(`in/${NAME}`, 'a,b\r\n3,4\r\n', 5);
    };
    await expect.poll(() => harness.events('sftp.notTaken')).toMatchObject([{ file: NAME, code: 'sftp.changed' }]);
    expect(harness.here()).toEqual([]);
    harness.server.faults.before = undefined;
    await expect.poll(() => harness.here()).toEqual([NAME]);
  });

  it('is cut off in the middle loses nothing', async () => {
    const harness = await begun();
    harness.server.faults.cutAfterBytes = 200_000;
    harness.put(`in/${NAME}`, Buffer.alloc(1_000_000, 'x'));
    await expect.poll(() => harness.fault()).toContain('does not answer');
    expect(harness.here()).toEqual([]);
    harness.server.faults.cutAfterBytes = undefined;
    await expect.poll(() => harness.here()).toEqual([NAME]);
    await expect.poll(() => harness.fault()).toBeUndefined();
    expect(harness.events('sftp.failed')).toHaveLength(1);
    expect(harness.events('sftp.worksAgain')).toHaveLength(1);
  });

  it.each(['OPENDIR', 'READ', 'LSTAT'])('hangs on %s holds nothing up for good', async (request) => {
    const harness = await begun({ longestMs: 1_000 });
    harness.server.faults.hangsOn = request;
    harness.put(`in/${NAME}`, 'x');
    await expect.poll(() => harness.fault()).toContain('does not answer');
    expect(harness.here()).toEqual([]);
    harness.server.faults.hangsOn = undefined;
    await expect.poll(() => harness.here()).toEqual([NAME]);
  });

  it('ends while a result goes back gets it once it is there again, once', async () => {
    const harness = await begun();
    harness.put(`in/${NAME}`, 'x');
    await expect.poll(() => harness.here()).toEqual([NAME]);
    let cuts = 0;
    harness.server.faults.before = (request, path) => {
      if (request !== 'RENAME' || path !== `/in/${NAME}` || cuts > 1) return;
      cuts += 1;
      throw new Error('not now');
    };
    putAway(harness, 'done');
    await expect.poll(() => harness.there('in')).toEqual(['done']);
    expect(cuts).toBe(2);
    expect(harness.there('in/done')).toEqual([NAME, 'review_20260503_001.result.csv']);
  });

  it('has another host key is told no password; said once, and nothing is lost', async () => {
    const harness = await begun();
    await harness.looks();
    await harness.server.stop();
    const hostKey = await harness.startServer();
    harness.put(`in/${NAME}`, 'x');
    await expect.poll(() => harness.fault()).toContain(`another host key than SFTP_HOST_KEY says (${hostKey})`);
    const asked = harness.server.asked.length;
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(harness.server.asked).toHaveLength(asked);
    expect(harness.events('sftp.failed').filter(({ code }) => code === 'sftp.hostKey')).toHaveLength(1);
    await harness.stop();
    harness.hostKeys = [`SHA256:${'A'.repeat(43)}`, hostKey];
    harness.start();
    await expect.poll(() => harness.here()).toEqual([NAME]);
  });

  it('has several host keys is known by any of them', async () => {
    const harness = new SftpHarness();
    harness.trusts = 'ecdsa';
    await harness.startServer();
    await freeLeases();
    harness.start();
    await harness.looks(1);
    expect(harness.events('sftp.failed')).toEqual([]);
  });

  it('does not let it in, or has no such folder, is said with what to do', async () => {
    const harness = new SftpHarness();
    await harness.startServer();
    await freeLeases();
    harness.password = 'wrong';
    harness.start();
    await expect
      .poll(() => harness.fault())
      .toBe('127.0.0.1 does not let field in: see SFTP_USER and its key or password.');
    await harness.stop();
    // it would be shut out if it went on trying
    const { logins } = harness.server;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(harness.server.logins).toBe(logins);
    harness.password = 'of-the-test';
    renameSync(join(harness.server.root, 'in'), join(harness.server.root, 'elsewhere'));
    harness.start();
    await expect.poll(() => harness.fault()).toContain('has no folder /in');
  });
});

it('a bot that starts again goes on where it was: fetched once, and given back', async () => {
  const harness = await begun();
  harness.put(`in/${NAME}`, 'x');
  await expect.poll(() => harness.here()).toEqual([NAME]);
  await harness.stop();
  putAway(harness, 'done');
  harness.start();
  await expect.poll(() => harness.there('in')).toEqual(['done']);
  expect(harness.server.asked.filter((asked) => asked === `OPEN /in/${NAME}`)).toHaveLength(1);
});

it('of two processes one fetches', async () => {
  const harness = await begun();
  const other = new SftpHarness();
  await other.startServer();
  other.start();
  await harness.looks();
  other.put(`in/${NAME}`, 'x');
  await harness.looks(5);
  expect(other.here()).toEqual([]);
  await harness.stop();
  await expect.poll(() => other.here()).toEqual([NAME]);
});
