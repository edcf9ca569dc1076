import { present } from '@field/kit/present';
import type { CaptureAsk, CaptureForm, CaptureHeader, CaptureState } from '../../../src/web/capture/client/protocol.ts';
import type { CapturePhone } from '../capture-phone.ts';
import { pictures } from '../pictures.ts';
import type { Person } from '../world/person.ts';
import { codeOf, SHOP } from './promotion.ts';

export interface ByPagePlan {
  readonly shop?: string;
  readonly spots?: number;
  /** As in `PromotionPlan`. */
  readonly series?: string;
  readonly look?: number;
  /** The codes are scanned, and the close-ups show none. */
  readonly scans?: boolean;
  /** What was sent has been taken, and some time goes by until the next. */
  readonly settles: () => Promise<unknown>;
}

const SPOT = { spotType: 'CASHIER_COUNTER', fixedSecurely: 'true' } as const;

/** Start Promotion to *Submitted*: begun and submitted in the chat; every form, every photo and every code by the page beside it. */
export async function promoteByPage(person: Person, phone: CapturePhone, plan: ByPagePlan): Promise<void> {
  const { shop = SHOP.nameLocal, spots = 3, look = 500, series = 'PG', scans = false, settles } = plan;
  await person.says('menu');
  await person.taps({ action: 'menu.product', product: 'MARKETING_CODE' });
  await person.taps({ action: 'promotion.start' });
  const state = await fillAll(phone, { shop, spots, settles });
  await takeAll(phone, state, { look, series, scans });
  await settles();
  await phone.leaves(state);
  await person.taps({ action: 'promotion.submit' });
}

/** Every form of what is in hand, on the page, which stays open; `spot` is answered at each spot besides. */
export async function fillAll(
  phone: CapturePhone,
  { shop, spots, spot = {}, settles }: Required<Pick<ByPagePlan, 'shop' | 'spots' | 'settles'>> & FilledAtSpots,
): Promise<CaptureState> {
  let state = await phone.opens();
  const answers: Readonly<Record<string, CaptureHeader['values']>> = {
    store: { ...SHOP, nameLocal: shop, consent: 'true' },
    merchant: { contactPhoneOrEmail: '+66 81 999 0001' },
  };
  for (let form = nextForm(state); form !== undefined; form = nextForm(state)) {
    const isFirstSpot = form.fields.some(({ name }) => name === 'howMany');
    const ofSpot = present({ ...SPOT, ...spot, howMany: isFirstSpot ? String(spots) : undefined });
    await sent(phone.fills(state, form, answers[stepOf(form)] ?? ofSpot));
    await settles();
    state = await phone.state();
    if (form.slot === nextForm(state)?.slot) throw new Error(`it comes back: ${nextForm(state)?.says}`);
  }
  return state;
}

interface FilledAtSpots {
  readonly spot?: Readonly<Record<string, string>>;
}

function nextForm({ work }: CaptureState): CaptureForm | undefined {
  return work?.forms[0];
}

/** `form:store::main` is of the step `store`. */
function stepOf({ slot }: CaptureForm): string {
  return slot.split(':')[1] ?? '';
}

async function sent(sending: ReturnType<CapturePhone['sends']>): Promise<void> {
  const { status, body } = await sending;
  if (status !== 200 || body.done !== true) throw new Error(`not taken: ${status} ${JSON.stringify(body)}`);
}

/** A photo for what is asked for first and not there yet, taken on the page, which is left then. */
export async function takeNext(phone: CapturePhone, photo: Buffer): Promise<void> {
  const state = await phone.opens();
  const next = state.work?.asks.find(({ have, checking }) => have + checking === 0);
  if (next === undefined) throw new Error('no photo is asked for');
  await sent(phone.takes(state, next, photo));
  await phone.leaves(state);
}

/** Everything that is asked for and not there yet, as one walks through the shop; sent once all is taken. */
export async function takeAll(
  phone: CapturePhone,
  state: CaptureState,
  { look, series, scans = false }: { readonly look: number; readonly series: string; readonly scans?: boolean },
): Promise<void> {
  const asked = (state.work?.asks ?? []).filter(({ have, checking }) => have + checking === 0);
  const sealed = [];
  for (const ask of asked) {
    const spot = spotOf(ask);
    if (ask.takes === 'both' && scans) sealed.push(phone.seals(state, { slot: ask.slot, code: codeOf(series, spot) }));
    sealed.push(phone.seals(state, { slot: ask.slot }, await photoFor(ask, spot, { look, series, scans })));
  }
  await Promise.all(sealed.map((one) => phone.begins(one)));
  for (const one of sealed) await sent(phone.sends(one));
}

async function photoFor(
  { slot, takes }: CaptureAsk,
  spot: number,
  { look, series, scans }: { readonly look: number; readonly series: string; readonly scans: boolean },
): Promise<Buffer> {
  if (slot.startsWith('store/')) return await pictures.storefront(look);
  if (takes !== 'both') return await pictures.counter(look + spot);
  return scans
    ? await pictures.display(look + spot)
    : await pictures.closeup(codeOf(series, spot), { seed: look + spot });
}

/** `s2` is the second one, from 0. */
function spotOf({ slot }: CaptureAsk): number {
  return Number(/\/s(\d+)\//.exec(slot)?.[1] ?? 1) - 1;
}
