import { expect, test } from 'vitest';
import { createPhotoChecker } from '../../src/media/photo-checker.ts';
import { pictures } from '../support/pictures.ts';
import { builtMedia } from './built-media.ts';

const built = builtMedia({
  'closeup.jpg': () => pictures.closeup('https://codes.example.com/m/1'),
  'other.jpg': () => pictures.closeup('https://codes.example.com/m/2'),
});
/** Runs a script beside the compiled product; what it prints last is JSON. The process must end by itself. */
const inBuilt = (body: string): Promise<unknown> =>
  built.run(`
    import { createCodeReader } from '../../dist/src/media/code-reader.js';
    import { createPhotoChecker } from '../../dist/src/media/photo-checker.js';
    import { toGrey } from '../../dist/src/media/grey-image.js';
    import sharp from 'sharp';
    const grey = async (name) => ({ grey: await toGrey(sharp(await picture(name))) });
    ${body}`);

test('compiled, photos are checked with their codes read on a thread', async () => {
  const result = await inBuilt(`
    const checker = createPhotoChecker({ threads: 1 });
    const names = ['closeup.jpg', 'other.jpg', 'closeup.jpg'];
    const verdicts = await Promise.all(names.map(async (name) => checker.check(await picture(name))));
    console.log(JSON.stringify(verdicts.map(({ codes }) => codes)));`);
  expect(result).toEqual([
    ['https://codes.example.com/m/1'],
    ['https://codes.example.com/m/2'],
    ['https://codes.example.com/m/1'],
  ]);
});

test('a picture that breaks the reader fails alone; the next one is read', async () => {
  const result = await inBuilt(`
    const reader = createCodeReader();
    const cutOff = { width: 3000, height: 3000, data: Buffer.alloc(64, 200) };
    const broken = reader.read({ grey: cutOff }).catch((error) => error.message);
    const fine = reader.read(await grey('closeup.jpg'));
    console.log(JSON.stringify([typeof (await broken), await fine]));`);
  expect(result).toEqual(['string', ['https://codes.example.com/m/1']]);
});

test('a picture that takes too long is given up, and the checker goes on without its code', async () => {
  const result = await inBuilt(`
    const failures = [];
    const checker = createPhotoChecker({ timeoutMs: 0, onReaderFailure: (error) => failures.push(error.message) });
    const { kept, codes } = await checker.check(await picture('closeup.jpg'));
    console.log(JSON.stringify({ kept, codes, failures }));`);
  expect(result).toEqual({ kept: true, codes: [], failures: ['no answer after 0 ms'] });
});

test('closing ends what waits, and the process', async () => {
  const result = await inBuilt(`
    const reader = createCodeReader();
    const one = await grey('closeup.jpg');
    const waiting = [1, 2, 3].map(() => reader.read(one).catch((error) => error.message));
    await reader.close();
    console.log(JSON.stringify(await Promise.all([...waiting, reader.read(one).catch((error) => error.message)])));`);
  expect(result).toEqual(Array(4).fill('the code reader is closed'));
});

test('from sources, where there are no threads, the same answers come', async () => {
  const checker = createPhotoChecker({ wanted: () => [{ qr: '^https:(?<serial>.*)$', ignoreCase: true }] });
  const verdict = await checker.check(await pictures.closeup('https://codes.example.com/m/1'));
  await checker.close();
  expect(verdict).toMatchObject({ kept: true, codes: ['https://codes.example.com/m/1'] });
});
