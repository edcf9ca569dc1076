import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { codeOf, promote } from '../support/conversations/promotion.ts';
import { handedOverKey } from '../support/conversations/results.ts';
import { pictures } from '../support/pictures.ts';
import { story } from '../support/story.ts';
import { operatorCommand } from '../support/world/operator-command.ts';
import { sharedWorld } from '../support/world/shared-world.ts';
import { storedRows } from '../support/world/stored-rows.ts';

const { world, nok } = sharedWorld({ joined: ['staff1'], fresh: true });
const it = story('A week that goes on after a restore');

/** What is the bot's own of the folder that it shares with the sandbox here. */
const OWN = ['photos', 'outgoing', 'incoming'];
const backups = (): string => join(world.dataDir, 'backups');
const operator = async (...args: readonly string[]) => {
  const answer = await operatorCommand(world.dataDir, ...args);
  expect([args, answer.code, answer.problem]).toEqual([args, 0, expect.not.stringContaining('✗')]);
  return answer.out;
};

/** The hashes of all photos that are kept, as their bytes are. */
function photos(): readonly string[] {
  const root = join(world.dataDir, 'photos');
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const hashes = files.map((file) =>
    createHash('sha256')
      .update(readFileSync(join(file.parentPath, file.name)))
      .digest('hex'),
  );
  return hashes.toSorted();
}

it('Monday: she promotes a shop; Tuesday a spot has failed, and a backup is made while the bot works', async () => {
  await promote(nok, { spots: 2, together: true });
  await world.nextDay([
    {
      submissionKey: handedOverKey(world, 'SPOT', 2),
      decision: 'REJECTED',
      reasonCodes: ['SPOT_PHOTO_BLURRY'],
    },
  ]);
  await nok.sees('Results up to', '1 failed');
  await nok.taps({ action: 'review.open' });
  await nok.taps('Modify');
  expect(await operator('backup', 'make', '--to', backups())).toContain('documents');
  expect(await operator('backup', 'verify', '--from', backups())).toContain('is whole');
});

it('the machine is lost with all its data; the backup comes back in a new place, photo by photo the same', async () => {
  const before = photos();
  await world.killBot();
  for (const name of readdirSync(world.dataDir))
    if (OWN.includes(name) || name.startsWith('mongo.')) rmSync(join(world.dataDir, name), { recursive: true });
  const to = join(world.dataDir, 'restored');
  expect(await operator('backup', 'restore', '--from', backups(), '--to', to)).toContain('is as it was');
  for (const name of readdirSync(to)) renameSync(join(to, name), join(world.dataDir, name));
  expect(photos()).toEqual(before);
  await world.startBot();
});

it('she goes on where she stood, and the week with her: put right, sent again, approved', async () => {
  await nok.sends(await pictures.closeup(codeOf('AA', 1), { seed: 51 }));
  await nok.taps('Resubmit');
  await nok.sees('✓ Sent again (2nd time)');
  await promote(nok, { shop: 'Som Tam House', series: 'AB' });
  await world.nextDay();
  await nok.says('menu');
  await nok.taps({ action: 'review.mine' });
  expect((await nok.card()).text).not.toMatch(/✗[^\n]*[1-9]/);
  const { promotions, submissions } = await storedRows(world);
  expect(promotions).toHaveLength(2);
  const keys = submissions.map(({ _id }) => String(_id));
  expect(new Set(keys).size).toBe(keys.length);
  expect(submissions.filter(({ handedOver }) => handedOver !== true)).toEqual([]);
});

it('and the doctor knows how old the backup is', async () => {
  const { origin } = new URL(world.sandbox.url);
  const app = { DINGTALK_API_BASE: origin, DINGTALK_OAPI_BASE: origin };
  const { out } = await operatorCommand({ dataDir: world.dataDir, env: app }, 'doctor', '--json');
  const backup = JSON.parse(out).findings.find(({ about }: { about: string }) => about === 'backup');
  expect(backup).toMatchObject({ state: 'ok', says: expect.stringContaining('0 hours old') });
});
