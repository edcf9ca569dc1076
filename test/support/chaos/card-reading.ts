import type { Entry, RenderedButton, RenderedForm, RenderedView } from '@field/dingtalk-sandbox/page-protocol';
import type { Scene } from './ledger.ts';

/** A card as somebody looks at it. */
export interface LookedAt {
  readonly outTrackId: string;
  readonly view: RenderedView;
  readonly text: string;
  /** What its buttons and forms are about: `draft:…`. */
  readonly about: string;
}

/** What a card wants of whoever holds the phone. */
export type Wish =
  | { readonly kind: 'form'; readonly card: LookedAt; readonly form: RenderedForm }
  | { readonly kind: 'photos'; readonly card: LookedAt; readonly scenes: readonly Scene[] }
  | { readonly kind: 'press'; readonly card: LookedAt; readonly buttons: readonly RenderedButton[] };

/** Leads away from the work, undoes it, or gives it up for good. */
const ASIDE =
  /^(Language|Team|Help|Cancel|Discard|Withdraw|Remove this spot|Menu|Back|Policy|Ask for an account|My test account|Give back|Leave .*|Yes, leave)$/;

/** What is history when it comes: what stands above it goes on. */
const RECORD = /^(promotion|resultDay|submission|digest|dataNotice|limit):/;

/**
 * What the card wants that is worked on: the lowest live one, or the one above what merely tells something, if that asks for a form or
 * a photo. What an old card still asks for, since nothing has told DingTalk that it is one, is not what a photo goes to.
 */
export function wishOf(entries: readonly Entry[]): Wish | undefined {
  const live = entries
    .flatMap((entry) => lookedAt(entry) ?? [])
    .filter(isLive)
    .reverse();
  const [lowest] = live;
  const card = live.find(({ about }) => !RECORD.test(about)) ?? lowest;
  if (lowest === undefined || card === undefined) return undefined;
  const form = card.view.forms.find(({ disabled }) => !disabled);
  if (form) return { kind: 'form', card, form };
  const scenes = scenesAsked(card);
  if (scenes.length > 0) return { kind: 'photos', card, scenes };
  return { kind: 'press', card: lowest, buttons: pressable(lowest) };
}

export function lookedAt({ outTrackId, view }: Entry): LookedAt | undefined {
  if (outTrackId === undefined || view === undefined) return undefined;
  // what only opens a page, as the first button of a card may, is about nothing
  const about = [...view.forms, ...view.buttons].find(({ params }) => params.subject !== undefined)?.params.subject;
  const text = [view.title, ...view.texts].join('\n');
  return { outTrackId, view, text, about: String(about ?? '') };
}

/** The first blue one, else the first that leads on. */
export function mostForward(buttons: readonly RenderedButton[]): RenderedButton | undefined {
  return buttons.find(({ color }) => color === 'blue') ?? buttons.find(leadsOn) ?? buttons[0];
}

export function leadsOn({ label, color }: RenderedButton): boolean {
  return color !== 'red' && !ASIDE.test(label);
}

function isLive(card: LookedAt): boolean {
  return pressable(card).length > 0 || card.view.forms.some(({ disabled }) => !disabled);
}

function pressable({ view }: LookedAt): RenderedButton[] {
  return view.buttons.filter(({ disabled, actionId }) => !disabled && actionId !== '');
}

/** By the words of the card: which photos it waits for. *Help* repeats what the work in hand asks for, and does not say which work that is. */
function scenesAsked({ about, text }: LookedAt): Scene[] {
  if (about.startsWith('person:')) return [];
  if (/Send 2 photos/.test(text)) return ['counter', /close-up of the code/.test(text) ? 'closeup' : 'display'];
  if (/○ Wide photo|Now the wide photo/.test(text)) return ['counter'];
  if (/○ Close-up/.test(text)) return [/close-up of the display/.test(text) ? 'display' : 'closeup'];
  if (!/Send (a|the) photo|Send it in this chat|One photo that shows why/.test(text)) return [];
  if (/front/i.test(text)) return ['storefront'];
  return [/with the code on it/.test(text) ? 'closeup' : /display/.test(text) ? 'display' : 'counter'];
}
