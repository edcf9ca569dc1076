import { readdirSync } from 'node:fs';
import { AppError } from '@field/kit/errors';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/domain/languages.ts';
import { COMMANDS } from '../../src/operator/commands.ts';
import { everyCommand } from '../../src/operator/program.ts';
import { typed } from './typed.ts';

const EMAIL = '--email mango@iso.example';
const NAME = '--name Mango';
const OP = 'npm run op --';

/** No store is opened for what cannot be done. */
const noStore = { onStore: () => Promise.reject(new Error('the store was opened')) };

describe('what was typed wrong is named, with where there is help, and exits with 2', () => {
  it.each([
    [
      'nothing',
      '',
      `A command is missing. There are: setup, doctor, iso, programme, daily, fees, appeals, export, why, dead, person, contact, pictures, webhooks, card-template, quick-entries, store, backup, completion.\nSee: ${OP} --help`,
    ],
    [
      'half a command',
      'iso',
      `A command is missing. There are: create, list, show, people, accounts, admin, gallery, order, share, sites, stock, todos.\nSee: ${OP} iso --help`,
    ],
    ['half a longer one', 'iso admin', `A command is missing. There are: add, remove.\nSee: ${OP} iso admin --help`],
    ['a command near one', 'iso lst', `Unknown command 'lst'. Did you mean list?\nSee: ${OP} iso --help`],
    ['a group near one', 'isos list', `Unknown command 'isos'. Did you mean iso?\nSee: ${OP} --help`],
    ['a command near none', 'destroy', `Unknown command 'destroy'.\nSee: ${OP} --help`],
    [
      'an option near one',
      `iso create --emial x`,
      `Unknown option '--emial'. Did you mean --email?\nSee: ${OP} iso create --help`,
    ],
    ['an option near none', `iso list --colour`, `Unknown option '--colour'.\nSee: ${OP} iso list --help`],
    [
      'an option without its value',
      `iso create ${NAME} --email`,
      `Option '--email <e-mail>' needs a value.\nSee: ${OP} iso create --help`,
    ],
    [
      'a word too many',
      'iso list all',
      `Too many arguments for 'list'. Expected 0 arguments but got 1.\nSee: ${OP} iso list --help`,
    ],
    [
      'two words too many',
      'card-template a b c',
      `Too many arguments for 'card-template'. Expected 1 argument but got 3.\nSee: ${OP} card-template --help`,
    ],
    [
      'an option missing',
      `iso create ${EMAIL}`,
      `--name is missing: how the ISO is called.\nSee: ${OP} iso create --help`,
    ],
    [
      'two words missing',
      'iso admin add',
      `<e-mail> is missing: the e-mail with which the ISO logs in to Alipay Global Merchant Portal.\n<userId> is missing: the person's userId, from their details in DingTalk's admin console.\nSee: ${OP} iso admin add --help`,
    ],
    ['an empty name', `iso create ${EMAIL} --name ""`, `--name is empty.\nSee: ${OP} iso create --help`],
    [
      'a name of blanks',
      `iso admin add mango@iso.example som --name "  "`,
      `--name is empty.\nSee: ${OP} iso admin add --help`,
    ],
    [
      'a long name',
      `iso create ${EMAIL} --name ${'x'.repeat(61)}`,
      `--name is too long: up to 60 characters.\nSee: ${OP} iso create --help`,
    ],
    [
      'no e-mail',
      `iso create --email mango ${NAME}`,
      `--email is no e-mail address: "mango".\nSee: ${OP} iso create --help`,
    ],
    ['an empty e-mail', 'iso show ""', `<e-mail> is no e-mail address: "".\nSee: ${OP} iso show --help`],
    [
      'no country',
      `iso create ${EMAIL} ${NAME} --country Mars`,
      `--country is no country: "MARS". Write two letters, such as TH.\nSee: ${OP} iso create --help`,
    ],
    [
      'no time zone',
      `iso create ${EMAIL} ${NAME} --time-zone Mars`,
      `--time-zone is no time zone: "Mars". Write one such as Asia/Bangkok.\nSee: ${OP} iso create --help`,
    ],
    [
      'no language of ours',
      `iso create ${EMAIL} ${NAME} --language fr`,
      `--language is none of ${LANGUAGES.join(', ')}: "fr".\nSee: ${OP} iso create --help`,
    ],
    [
      'no userId',
      'iso admin remove mango@iso.example "a b"',
      `<userId> is no DingTalk userId: "a b".\nSee: ${OP} iso admin remove --help`,
    ],
    [
      'an empty file name',
      'card-template ""',
      `<file> is empty: write the name of a file.\nSee: ${OP} card-template --help`,
    ],
  ])('%s', async (_, line, message) => {
    expect(await typed(line, noStore)).toEqual({ exit: 2, out: '', err: message });
    const { exit, out, err } = await typed(`${line} --json`, noStore);
    expect([exit, out, JSON.parse(err)]).toEqual([2, '', { error: { code: 'usage.wrong', message } }]);
  });
});

it('everything that is wrong with a command is said at once', async () => {
  const { err } = await typed(
    'iso create --email x --name "" --country Mars --time-zone Nowhere --language xx',
    noStore,
  );
  const names = err.split('\n').map((line) => line.split(' ')[0]);
  expect(names).toEqual(['--email', '--name', '--country', '--time-zone', '--language', 'See:']);
});

describe('help', () => {
  it('lists what every file of commands brings, and exits with 0', async () => {
    const { exit, out, err } = await typed('--help', noStore);
    expect([exit, err]).toEqual([0, '']);
    for (const { usage } of everyCommand()) expect(out).toContain(`\n  ${usage}`);
    const files = readdirSync('src/operator/commands').map((file) => file.replace('.ts', ''));
    expect(COMMANDS.map(({ name }) => name).toSorted()).toEqual(files.toSorted());
  });

  it('of a command says what it takes, what is needed, and what holds if it is left out', async () => {
    const { exit, out } = await typed('iso create -h', noStore);
    expect(exit).toBe(0);
    expect(out).toMatch(
      /^Usage: npm run op -- iso create --email <e-mail> --name <name> \[--country <country>\] \[--time-zone <time zone>\]/,
    );
    expect(out.replace(/\s+/g, ' ')).toContain("in two letters; the programme's defaultMarket if left out");
    expect(out).toContain('--json');
    expect((await typed('iso admin add --help', noStore)).out).toContain(
      'iso admin add <e-mail> <userId> [--name <name>]',
    );
  });
});

describe('what went wrong inside', () => {
  it.each([
    [
      'a store that is too busy',
      new AppError('store.transient'),
      'The store does not answer, or is too busy. Try again in a moment.',
    ],
    ['what is known', new AppError('config.invalid', { say: 'PORT must be a number.' }), 'PORT must be a number.'],
    [
      'a mistake of ours',
      new TypeError('x is not a function'),
      'This should not happen: x is not a function (--verbose tells where).',
    ],
  ])('%s is a sentence without a stack', async (_, thrown, sentence) => {
    const failing = { onStore: () => Promise.reject(thrown) };
    expect(await typed('iso list', failing)).toEqual({ exit: 1, out: '', err: sentence });
    const code = thrown instanceof AppError ? thrown.code : 'bug.unexpected';
    expect(JSON.parse((await typed('iso list --json', failing)).err)).toEqual({ error: { code, message: sentence } });
    expect((await typed('iso list --verbose', failing)).err).toMatch(/^.*\n\w*Error.*\n +at .*usage\.test/);
  });
});
