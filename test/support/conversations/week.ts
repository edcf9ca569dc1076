import { expect } from 'vitest';
import { translator } from '../../../cards/text.ts';
import { wordToType } from '../../../cards/words.ts';
import type { Language } from '../../../src/domain/languages.ts';
import { type CapturePhone, capturePhoneOf } from '../capture-phone.ts';
import { pictures } from '../pictures.ts';
import { story } from '../story.ts';
import type { SharedWorld } from '../world/shared-world.ts';
import { storedRows } from '../world/stored-rows.ts';
import { inspect, openTasks } from './inspection.ts';
import { joinAddress, visitorOf } from './join-page.ts';
import { loseTheMachine } from './lose-the-machine.ts';
import { codeOf, promote } from './promotion.ts';
import { promoteByPage, takeNext } from './promotion-by-page.ts';
import { handedOverKey } from './results.ts';

const GROUP = 'cid-demo';

interface WeekOptions {
  /** In its middle the machine is lost with all its data, and the week goes on with what a backup brings back. */
  readonly losesItsMachine?: boolean;
}

/**
 * A week of the job as tests, one a day or so: of somebody who reads `language`, beside `staff2`, who has joined before it, reads English,
 * and never sends a photo in the chat.
 */
export function liveAWeek(
  { world, lek, ploy }: Pick<SharedWorld, 'world' | 'lek' | 'ploy'>,
  language: Language,
  { losesItsMachine = false }: WeekOptions = {},
): void {
  const it = story('A week of the job');
  const t = translator(language);
  const mali = world.person('outsider1');
  const phone = (): CapturePhone => capturePhoneOf(world, 'staff2');
  const byPage = async (photo: Buffer): Promise<void> => {
    await takeNext(phone(), photo);
    await world.untilIdle();
  };

  /** From *My results* to what failed in this shop. */
  const openFailed = async (shop: RegExp): Promise<void> => {
    await mali.says('menu');
    await mali.taps({ action: 'review.mine' });
    await mali.taps({ action: 'review.list' });
    await mali.taps(shop);
  };

  it('Monday: an admin has the results sent to a group; somebody outside joins by the QR code, and chooses a language', async () => {
    await ploy.inGroup(GROUP).says('digest');
    await ploy.inGroup(GROUP).taps({ action: 'group.bind' });
    await ploy.says('menu');
    for (const action of ['team.open', 'team.more', 'team.poster']) await ploy.taps({ action });
    const phone = visitorOf(world.botUrl);
    await phone.sends(await joinAddress(ploy), { name: 'Mali Wong', phone: '081 234 5099' });
    await world.untilIdle();
    await ploy.sees('Join request', 'Mali Wong', 'from the QR poster');
    await ploy.taps('Approve');
    await world.sandbox.post('/users/outsider1/join', {});
    await world.untilIdle();
    await mali.sees('Welcome! You now work for');
    await mali.taps({ action: 'language.choose', language });
    await mali.sees(t('menu.hi', { name: 'Mali Wong' }));
  });

  it('the same day she promotes Marketing Codes in two shops and a Primary POSM in a third, and a colleague one shop', async () => {
    await promote(mali, { shop: 'Baan Coffee', spots: 2, together: true, series: 'WA' });
    await promote(mali, { shop: 'Som Tam House', series: 'WB', store: { paysWith: 'ALIPAY_ONLY' } });
    await promote(mali, { shop: 'Golden Bakery', product: 'PRIMARY_POSM' });
    const settles = (): Promise<void> => world.untilIdle();
    await promoteByPage(lek, phone(), { shop: 'Nine Mart', series: 'WC', spots: 1, settles });
    await mali.sees('P-', 'Golden Bakery');
  });

  it('Tuesday: two spots have failed, the group has its digest without a name, inspections are due', async () => {
    const rejected = (submissionKey: string, reasonCode: string) =>
      ({ submissionKey, decision: 'REJECTED', reasonCodes: [reasonCode] }) as const;
    const keys = [handedOverKey(world, 'SPOT', 2), handedOverKey(world, 'SPOT', 1, 'PRIMARY_POSM')] as const;
    await world.nextDay([rejected(keys[0], 'SPOT_PHOTO_BLURRY'), rejected(keys[1], 'SPOT_PHOTO_REUSED')]);
    const aroundDate = t('resultDay.title', { date: '|' }).split('|');
    await mali.sees(...aroundDate.map((part) => part.trim()), 'Baan Coffee');
    const group = await lek.inGroup(GROUP).card(/results/);
    expect(group.text).toContain('✗ 2 failed');
    for (const name of ['Mali', 'Wong', 'Lek', 'Boonmee', '5099']) expect(group.text).not.toContain(name);
    await lek.inGroup(GROUP).taps('Open my results', { on: group });
    await lek.sees('My results');
  });

  it('she modifies the one and appeals against the other', async () => {
    await openFailed(/Baan Coffee/);
    await mali.taps({ action: 'review.modify' });
    await mali.sends(await pictures.closeup(codeOf('WA', 1), { seed: 51 }));
    await mali.taps({ action: 'review.resubmit' });
    await openFailed(/Golden Bakery/);
    await mali.taps({ action: 'review.appeal' });
    await mali.fills({ why: 'ถ่ายวันนี้ ไม่ใช่รูปเก่า' });
    await mali.sends(await pictures.counter(52));
    await mali.taps({ action: 'review.sendAppeal' });
    await mali.sees('Golden Bakery');
  });

  if (losesItsMachine)
    it('the machine is lost with all its data; a backup that was made at work comes back elsewhere, photo by photo the same', () =>
      loseTheMachine(world));

  it('a colleague inspects two of her shops, with Alipay+ Linker and with Alipay', async () => {
    await openTasks(lek);
    await inspect(lek, { shop: /Baan Coffee/, series: 'WA', spots: 1, seed: 61, sends: byPage });
    await lek.sees('✓ Submitted', 'Baan Coffee');
    await openTasks(lek);
    await inspect(lek, { shop: /Som Tam House/, series: 'WB', spots: 1, seed: 65, sends: byPage });
    await lek.sees('✓ Submitted', 'Som Tam House');
  });

  it('Wednesday: what was modified and what was appealed is approved, and so are the inspections', async () => {
    await world.nextDay();
    await mali.says(wordToType(t, 'word.menu'));
    await mali.taps({ action: 'review.mine' });
    const card = await mali.card();
    expect(card.text).not.toMatch(/✗[^\n]*[1-9]/);
    await lek.sees('✓ Approved', 'Som Tam House');
  });

  it('every photo of the colleague came by the page beside the chat', async () => {
    const own = (await storedRows(world)).photos.filter(({ userId }) => userId === lek.userId);
    expect(own.length).toBeGreaterThan(8);
    expect(own.filter(({ _id }) => !String(_id).startsWith('capture:'))).toEqual([]);
  });
}
