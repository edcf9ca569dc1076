import { AppError, CATALOGUE, type ErrorCode } from '@field/kit/errors';
import { describe, expect, it } from 'vitest';
import type { TextKey } from '../../cards/text-key.ts';
import { findAssociation } from '../../models/associations.ts';
import { findPerson } from '../../models/people.ts';
import type { Platform } from '../../src/platform/platform.ts';
import { remedyOf } from '../../src/platform/remedies.ts';
import { errorsOf } from '../dingtalk/documented-refusals.ts';
import { howOften } from '../support/how-often.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { pictures } from '../support/pictures.ts';
import { reach } from '../support/world/reach.ts';
import { wordsOf } from '../support/world/words-of.ts';

/** Every way in which a call can be refused, by what is documented of it: what people read, what an operator does, and that nothing is lost. */
const world = useWorld();
const MINUTE_MS = 60_000;
/** Longer than any of them waits after a minute of trying. */
const SOON_MS = 5 * MINUTE_MS;

/** The errors of a call: in each run of all tests the first of each kind, and all of them in full. */
function refusalsOf(...calls: readonly Parameters<typeof errorsOf>[0][]): readonly ErrorCode[] {
  const all = [...new Set(calls.flatMap((call) => errorsOf(call)))];
  const tried = { inEachRun: 1, inFull: all.length };
  return all.filter((code, at) => {
    const before = all.slice(0, at).filter((other) => CATALOGUE[other] === CATALOGUE[code]);
    return before.length < howOften(tried);
  });
}

const waits = (code: ErrorCode): boolean => ['retryable', 'configuration'].includes(CATALOGUE[code]);

function refuse(call: keyof Platform, code: ErrorCode): void {
  world().platform.refuse(call, new AppError(code, { code: 'as documented' }));
}

/** What waits by the machine's own time, and not by the calendar, is not waited for. */
function neverMindRedraws(): void {
  world().clock.at(Number.MAX_SAFE_INTEGER, () => undefined);
}

/** The refusal ends; what waited is tried again by itself. */
async function mended(call: keyof Platform): Promise<void> {
  world().platform.allow(call);
  world().clock.skip(SOON_MS);
  await world().advance(SOON_MS);
  await world().sweep();
  expect(world().faults()).toEqual([]);
}

/** An operator reads the call and the remedy on the health page and in the log; of what passes by itself, or is no fault of theirs, not. */
function expectFault(call: keyof Platform, code: ErrorCode): void {
  const isTheirs = CATALOGUE[code] === 'configuration';
  expect(world().faults()).toEqual(isTheirs ? [`${call}: ${code}, ${remedyOf(code)}`] : []);
  const wrong = world().log.of('configuration.wrong');
  if (isTheirs) expect(wrong[0]).toMatchObject({ call, code, remedy: remedyOf(code) });
  else expect(wrong).toEqual([]);
}

describe('a card', () => {
  it.each(refusalsOf('createAndDeliver').filter((code) => code !== 'dingtalk.contentUnsafe'))('%s', async (code) => {
    const nok = await world().hires('nok');
    refuse('createAndDeliver', code);
    await nok.says('menu');
    await world().advance(MINUTE_MS);
    expect(await nok.cards()).toEqual([]);
    expectFault('createAndDeliver', code);
    await mended('createAndDeliver');
    if (!waits(code)) {
      expect(world().log.of('send.dead')).toMatchObject([{ code }]);
      await nok.says('menu');
    }
    await nok.sees(wordsOf('menu.title'));
    expect(await nok.cards()).toHaveLength(1);
  });
});

describe('a redraw', () => {
  it.each(refusalsOf('updateCard').filter((code) => code !== 'dingtalk.contentUnsafe'))('%s', async (code) => {
    const nok = await world().hires('nok');
    await nok.says('menu');
    neverMindRedraws();
    refuse('updateCard', code);
    await nok.says('menu');
    await world().advance(MINUTE_MS);
    expect(await nok.cards()).toHaveLength(2);
    expectFault('updateCard', code);
    await mended('updateCard');
    const [folded] = await nok.cards();
    if (waits(code)) expect(folded?.text).toMatch(wordsOf('folded.continued'));
    else expect(world().log.of('redraw.failed')).toMatchObject([{ code }]);
  });
});

describe('a photo', () => {
  it.each(refusalsOf('downloadUrl'))('%s', async (code) => {
    const nok = await world().hires('nok');
    await reach(nok, 'storefront');
    refuse('downloadUrl', code);
    await nok.sends(await pictures.storefront(1));
    await world().advance(MINUTE_MS);
    expect(await nok.has('Front photo kept')).toBe(false);
    expectFault('downloadUrl', code);
    if (!waits(code)) {
      const asked: TextKey = code === 'picture.expired' ? 'note.photoExpired' : 'note.photoUnreadable';
      await nok.sees(wordsOf(asked));
      expect(world().log.of('picture.failed')).toMatchObject([{ code }]);
    }
    await mended('downloadUrl');
    if (!waits(code)) await nok.sends(await pictures.storefront(2));
    await nok.sees('Front photo kept');
  });
});

describe('a picture on a card', () => {
  it.each(refusalsOf('uploadImage'))('%s', async (code) => {
    const nok = await world().hires('nok');
    neverMindRedraws();
    refuse('uploadImage', code);
    await reach(nok, 'storefront');
    const shows = (): boolean =>
      [...world().platform.cards.values()].some(({ params }) => JSON.stringify(params).includes('@picture'));
    expect(shows()).toBe(false);
    await nok.sees('Storefront photo');
    expectFault('uploadImage', code);
    await mended('uploadImage');
    if (waits(code)) expect(shows()).toBe(true);
    else expect(world().log.of('upload.givenUp')[0]).toMatchObject({ code });
    await nok.sends(await pictures.storefront(1));
    await nok.sees('Front photo kept');
  });
});

describe('an invitation', () => {
  const SAID: Readonly<Partial<Record<ErrorCode, TextKey>>> = {
    'contact.badNumber': 'invitation.badNumber',
    'contact.tooManyOrganisations': 'invitation.tooManyOrganisations',
    'dingtalk.refused': 'invitation.refused',
  };

  it.each(refusalsOf('invite', 'invite, of whoever is in'))('%s', async (code) => {
    refuse('invite', code);
    const asked = { isoEmail: 'demo@iso.example', name: 'Mali Wong', phone: '081 234 5055', language: 'en' };
    const { id } = await world().finds({ type: 'join.asked', facts: asked }, 'join');
    const admin = world().person('admin1');
    await admin.taps({ action: 'association.approve' });
    expect((await findAssociation(id))?.state).toBe('APPROVED');
    if (CATALOGUE[code] === 'configuration') await admin.sees(wordsOf('invitation.notPermitted'));
    else if (!waits(code)) await admin.sees(wordsOf(SAID[code] ?? 'menu.title'));
    expectFault('invite', code);
    await mended('invite');
    if (!waits(code)) await admin.taps({ action: 'association.resend' });
    expect((await findAssociation(id))?.state).toBe('INVITED');
    expect(world().platform.invited).toEqual([{ name: 'Mali Wong', mobile: '+66-812345055' }]);
  });
});

describe('who somebody is', () => {
  it.each(refusalsOf('contactOf'))('%s', async (code) => {
    const asked = { isoEmail: 'demo@iso.example', name: 'Mali Wong', phone: '081 234 5055', language: 'en' };
    await world().finds({ type: 'join.asked', facts: asked }, 'join');
    await world().person('admin1').taps({ action: 'association.approve' });
    world().platform.members.set('mali', { name: 'Mali', mobile: '+66-812345055' });
    refuse('contactOf', code);
    await world().receive(world().event('user_add_org', ['mali']));
    expect((await findPerson('mali'))?.state).not.toBe('ACTIVE');
    expectFault('contactOf', code);
    await mended('contactOf');
    const mali = world().person('mali');
    // who came in has agreed by that; whoever is found there later, since they wrote, is asked
    if (!waits(code)) {
      await mali.says('hello');
      await mali.taps('Join');
    }
    await mali.sees('Welcome');
    expect((await findPerson('mali'))?.state).toBe('ACTIVE');
  });
});
