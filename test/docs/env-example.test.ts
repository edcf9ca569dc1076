import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { expect, it } from 'vitest';
import { sandboxSettings } from '../../packages/demo/src/settings-from-env.ts';
import { readConfig } from '../../src/config/config.ts';
import { SETTINGS } from './settings.ts';

const example = readFileSync('.env.example', 'utf8');
/** What it sets once every setting is taken out of its comment. */
const uncommented = parseEnv(example.replace(/^# (?=[A-Z_]+=)/gm, ''));
const APP = {
  DINGTALK_CLIENT_ID: 'id',
  DINGTALK_CLIENT_SECRET: 'secret',
  DINGTALK_CARD_TEMPLATE_ID: 'a.schema',
  DATA_KEY: Buffer.alloc(32).toString('base64'),
};

it('the example has every setting once, and sets none', () => {
  expect(example.match(/^# [A-Z_]+=/gm)).toHaveLength(SETTINGS.length);
  expect(Object.keys(uncommented).sort()).toEqual(SETTINGS);
  expect(parseEnv(example)).toEqual({});
});

it('its values are what the bot takes when nothing is set', () => {
  expect(readConfig({ ...uncommented, ...APP })).toEqual(readConfig(APP));
});

it('its values are what the demo takes when nothing is set, but for its silence', () => {
  expect(sandboxSettings({ ...uncommented, LOG_LEVEL: '' })).toEqual(sandboxSettings({}));
});
