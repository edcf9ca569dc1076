import { expect } from 'vitest';
import { METRICS, type Metric } from '../../src/metrics/table.ts';
import { firing, type Scrape } from '../support/alerts/evaluate.ts';
import { pictures } from '../support/pictures.ts';
import { story } from '../support/story.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const { world, nok } = sharedWorld({ joined: ['staff1'] });
const it = story('An operator’s Prometheus watches a bot');

/** Told only where the settings have a receiver. */
const OF_WEBHOOKS = ['webhooks_oldest_seconds', 'webhooks_waiting'];

const told = (): Promise<string | undefined> =>
  fetch(`${world.botUrl}/metrics`).then(
    (answer) => answer.text(),
    () => undefined,
  );
const scrapes: Scrape[] = [];
/** What fires when it is asked now, and so many minutes later once more. */
async function fires(minutes = 0): Promise<readonly string[]> {
  const at = scrapes.at(-1)?.at ?? 0;
  scrapes.push({ at: at + 1, text: await told() }, { at: at + 1 + minutes, text: await told() });
  // how fast taps are on a machine that does other things as well says nothing
  return firing(scrapes).filter((name) => !name.startsWith('Taps'));
}
const held = (name: string) => new RegExp(`^${name}(?:_count)?(?:\\{.*\\})? [\\d.e+-]+$`, 'm');

it('the bot tells every number of the table, and of what is counted what was done', async () => {
  await nok.says('menu');
  await nok.taps('Language');
  const text = (await told()) ?? '';
  // of these nothing is known before the first of them comes
  const none = (name: string, { kind, by, values }: Metric) =>
    (kind === 'counter' && by !== undefined && values === undefined) || by === 'iso' || OF_WEBHOOKS.includes(name);
  const missing = Object.entries<Metric>(METRICS)
    .filter(([name, metric]) => !none(name, metric) && !held(name).test(text))
    .map(([name]) => name);
  expect(missing).toEqual([]);
  for (const done of [
    'taps_total{outcome="in_time"}',
    'acks_total{outcome="sent"}',
    'dingtalk_calls_total{call="createAndDeliver"}',
    'jobs_failed_total{job="land-incoming-files"}',
    'dingtalk_month_calls_by_iso{iso=',
    'tap_answer_seconds{quantile="0.99"}',
  ]) {
    expect(text).toContain(`\n${done}`);
  }
});

it('nothing fires while all is well', async () => {
  expect(await fires(30)).toEqual([]);
});

it('DingTalk takes no connection: StreamDown, until it does', async () => {
  await world.fault({ kind: 'refuseHandshake' });
  await world.fault({ kind: 'closeSocket' });
  await expect.poll(told).toContain('\ndingtalk_connections_live 0\n');
  expect(await fires(2)).toContain('StreamDown');
  await world.noFaults();
  await expect.poll(told).toContain('\ndingtalk_connections_live 2\n');
  expect(await fires(2)).not.toContain('StreamDown');
});

it('the card template is not published: AppMisconfigured, until it is', async () => {
  const path = '/v1.0/card/instances/createAndDeliver';
  await world.fault({ kind: 'refusal', path, status: 400, code: 'param.templateUnpublished' });
  await world.sandbox.say('staff1', 'menu');
  await expect.poll(told).toContain('\nconfiguration_faults 1\n');
  expect(await told()).toContain('dingtalk_refusals_total{code="dingtalk.template"}');
  expect(await fires(3)).toContain('AppMisconfigured');
  await world.noFaults();
  await world.advance(31 * 60_000);
  await expect.poll(told).toContain('\nconfiguration_faults 0\n');
  expect(await fires()).not.toContain('AppMisconfigured');
});

it('the bot ends: BotDown, until it is there again', async () => {
  await world.stopBot();
  expect(await fires(1)).toEqual(['BotDown']);
  await world.startBot();
  expect(await fires(1)).toEqual([]);
});

it('people who work nowhere here send photos, as those of another installation with the same app: OtherInstallation', async () => {
  const photo = await pictures.storefront(1);
  await nok.sends(photo);
  const strangers = [1, 2, 3, 4].map((one) => ({
    name: `Stranger ${one}`,
    mobile: `+66-81111000${one}`,
    joined: true,
  }));
  for (const stranger of strangers) {
    const { userId } = await world.newPerson(stranger);
    for (const _ of [1, 2]) await world.sandbox.sendPictures(userId, [photo]);
  }
  await expect.poll(told).toContain('\nother_installation_signs_total{sign="stranger"} 4\n');
  expect(await fires()).toContain('OtherInstallation');
  expect(world.botLog(1_000).match(/"event":"message.fromStranger"/g)).toHaveLength(4);
});
