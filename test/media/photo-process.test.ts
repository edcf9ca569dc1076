import sharp from 'sharp';
import { expect, test } from 'vitest';
import { createPhotoProcess } from '../../src/media/photo-process.ts';
import { pictures } from '../support/pictures.ts';
import { builtMedia } from './built-media.ts';

const CODE = 'https://codes.example.com/m/1';

const BOT = `
  import { readFileSync } from 'node:fs';
  import { createPhotoProcess } from '../../dist/src/media/photo-process.js';
  await createPhotoProcess().check(readFileSync(new URL('closeup.jpg', import.meta.url)));
  console.log('checked');`;

const built = builtMedia({
  'closeup.jpg': () => pictures.closeup(CODE),
  'bot.js': async () => Buffer.from(BOT),
  // some 60 MB while it is decoded: as much as a test should take, and more than the process may have where that is tried. Of so few bytes
  // that two of them are handed over at once, however busy the machine is
  'heavy.gif': async () =>
    sharp(await pictures.storefront(1))
      .resize(4000, 3000)
      .gif({ effort: 1, colours: 2, dither: 0 })
      .toBuffer(),
});
const inBuilt = (body: string): Promise<unknown> =>
  built.run(`
    import { execFileSync, spawn } from 'node:child_process';
    import { once } from 'node:events';
    import { fileURLToPath } from 'node:url';
    import { setTimeout as after } from 'node:timers/promises';
    import { createPhotoProcess } from '../../dist/src/media/photo-process.js';
    const childrenOf = (pid) => execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' }).trim().split('\\n').map(Number);
    const gone = async (pid) => { for (;;) try { process.kill(pid, 0); await after(10); } catch { return true; } };
    const said = (check) => check.then((verdict) => verdict.reason ?? verdict.codes, (error) => error.code);
    ${body}`);

test('pictures are checked in a process that starts with the first and ends with the checker', async () => {
  const result = await inBuilt(`
    const checker = createPhotoProcess();
    const one = await picture('closeup.jpg');
    const verdicts = await Promise.all([checker.check(one), checker.check(one)]);
    const [child] = childrenOf(process.pid);
    await checker.close();
    const kept = verdicts.map(({ codes, jpeg, width }) => ({ codes, isJpeg: jpeg[0] === 0xff && jpeg[1] === 0xd8, width }));
    console.log(JSON.stringify({ kept, gone: await gone(child) }));`);
  const photo = { codes: [CODE], isJpeg: true, width: 1024 };
  expect(result).toEqual({ kept: [photo, photo], gone: true });
});

test('when it is killed, what it had in hand is said to have failed, and the next picture is checked', async () => {
  const result = await inBuilt(`
    const checker = createPhotoProcess();
    const one = await picture('closeup.jpg');
    await checker.check(one);
    const inHand = [said(checker.check(one)), said(checker.check(one))];
    process.kill(childrenOf(process.pid)[0], 'SIGKILL');
    console.log(JSON.stringify([...(await Promise.all(inHand)), await said(checker.check(one))]));
    await checker.close();`);
  expect(result).toEqual(['checker.died', 'checker.died', [CODE]]);
});

test('a picture that takes more memory than its header says is refused, and the next one is checked', async () => {
  const result = await inBuilt(`
    const checker = createPhotoProcess({ mostMemoryBytes: 110 * 1024 * 1024 });
    const heavy = await said(checker.check(await picture('heavy.gif')));
    console.log(JSON.stringify([heavy, await said(checker.check(Buffer.from('a text')))]));
    await checker.close();`);
  expect(result).toEqual(['picture.tooHeavy', 'picture.notAnImage']);
});

test('one of several that take too much ends them all, so that each is checked alone', async () => {
  const result = await inBuilt(`
    const checker = createPhotoProcess({ mostMemoryBytes: 110 * 1024 * 1024 });
    const heavy = await picture('heavy.gif');
    console.log(JSON.stringify(await Promise.all([said(checker.check(heavy)), said(checker.check(heavy))])));
    await checker.close();`);
  expect(result).toEqual(['checker.died', 'checker.died']);
});

test('a picture that takes too long is given up with its process', async () => {
  const result = await inBuilt(`
    const checker = createPhotoProcess({ timeoutMs: 1 });
    console.log(JSON.stringify(await said(checker.check(await picture('closeup.jpg')))));
    await checker.close();`);
  expect(result).toBe('checker.died');
});

test('it has neither settings nor secrets, and does not outlive a bot that is killed', async () => {
  const result = await inBuilt(`
    const bot = spawn(process.execPath, [fileURLToPath(new URL('bot.js', import.meta.url))], { env: { DATA_KEY: 'a secret' } });
    await once(bot.stdout, 'data');
    const [child] = childrenOf(bot.pid);
    const told = process.platform === 'linux' ? await readFile('/proc/' + child + '/environ', 'utf8') : '';
    bot.kill('SIGKILL');
    console.log(JSON.stringify({ told: told.includes('secret'), gone: await gone(child) }));`);
  expect(result).toEqual({ told: false, gone: true });
});

test('from sources, where there is no such process, the same answers come', async () => {
  const checker = createPhotoProcess({ wanted: () => [{ qr: '^https:(?<serial>.*)$', ignoreCase: true }] });
  const verdict = await checker.check(await pictures.closeup(CODE));
  await checker.close();
  expect(verdict).toMatchObject({ kept: true, codes: [CODE] });
});
