import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const READER = pathToFileURL('scripts/env-file.mjs').href;
const WRITTEN = 'DINGTALK_CLIENT_ID=dingabc\r\nDINGTALK_CLIENT_SECRET=s3cret\r\n';
const READ = { DINGTALK_CLIENT_ID: 'dingabc', DINGTALK_CLIENT_SECRET: 's3cret' };

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'env-file-'));
  file = join(folder, '.env');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What a process reads in the file, or the sentence with which it refuses it. */
function read(): unknown {
  const program = `
    import { readEnvFile } from '${READER}';
    try { console.log(JSON.stringify(readEnvFile(process.argv[1]) ?? 'no file')); }
    catch (error) { console.log(JSON.stringify(error.message)); }`;
  const said = execFileSync(process.execPath, ['--input-type=module', '--eval', program, file], { encoding: 'utf8' });
  return JSON.parse(said);
}

function bigEndian(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}

describe('a .env is read in every encoding that a system writes', () => {
  it.each([
    ['UTF-8', Buffer.from(WRITTEN)],
    ['UTF-8 of a Unix', Buffer.from(WRITTEN.replaceAll('\r', ''))],
    ['UTF-8 of an old Mac', Buffer.from(WRITTEN.replaceAll('\n', ''))],
    ['UTF-8 with a mark, as Notepad saves it', Buffer.from(`\ufeff${WRITTEN}`)],
    ['UTF-16, as > of PowerShell writes it', Buffer.from(`\ufeff${WRITTEN}`, 'utf16le')],
    ['UTF-16 without a mark', Buffer.from(WRITTEN, 'utf16le')],
    ['UTF-16 the other way round', bigEndian(`\ufeff${WRITTEN}`)],
    ['UTF-16 the other way round, without a mark', bigEndian(WRITTEN)],
  ])('%s', (_encoding, bytes) => {
    writeFileSync(file, bytes);
    expect(read()).toEqual(READ);
  });
});

it('what else may stand in it is read as ever', () => {
  writeFileSync(file, '# ours\n\nexport A = 1 # one\nB="two\nlines"\nC=\'x=y\'\n');
  expect(read()).toEqual({ A: '1', B: 'two\nlines', C: 'x=y' });
  rmSync(file);
  expect(read()).toBe('no file');
});

describe('what cannot be read is refused by name, and nothing of it is repeated', () => {
  it.each([
    ['an encoding of one country', Buffer.from([0x41, 0x3d, 0xc4, 0xe3])],
    ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0])],
    ['zero bytes', Buffer.from('A=1\0\0')],
  ])('%s', (_what, bytes) => {
    writeFileSync(file, bytes);
    expect(read()).toBe(`${file} is in no encoding that is known here. Save it as UTF-8, as every editor can.`);
  });

  it.each(['A=1\nDINGTALK_CLIENT_SECRET: s3cret\n', 'A="1\n2"\n\nDATA_KEY s3cret'])(
    'a line that is none: %j',
    (text) => {
      writeFileSync(file, text);
      const line = text.split('\n').findIndex((one) => one.includes('s3cret')) + 1;
      expect(read()).toBe(
        `Line ${line} of ${file} cannot be read. A line is NAME=value, a comment that begins with #, or empty.`,
      );
    },
  );

  it('a folder', () => {
    mkdirSync(file);
    expect(read()).toContain(`${file} cannot be read (it is a folder)`);
  });

  it.runIf(process.getuid?.() !== 0)('a file of somebody else', () => {
    writeFileSync(file, WRITTEN);
    chmodSync(file, 0);
    expect(read()).toContain(`${file} cannot be read (EACCES)`);
  });
});
