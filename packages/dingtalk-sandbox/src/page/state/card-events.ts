import type { ChainStep, Choice, LocalTarget, RenderedEvent } from '../../protocol/interaction.ts';
import { webViewAddress } from '../../protocol/web-view.ts';
import { bound, boundText } from '../../template/bindings.ts';
import { isRecord } from '../../template/card-data.ts';
import { afterRequest, inMenu, type StepName } from '../../template/chain-names.ts';
import { renderSteps } from '../../template/event.ts';
import { type LocalValues, type LoopItem, Scope } from '../../template/scope.ts';
import type { Json } from '../../template/template.ts';
import { holds } from '../../template/visibility.ts';
import { reachable } from '../markdown/addresses.ts';
import { getCardData, RefusedError, type TapAnswer } from './api.ts';
import { ask } from './questions.ts';
import { openPage } from './quick-entries.ts';
import { tap } from './taps.ts';
import { templateOf } from './templates.ts';
import { showToast } from './toasts.ts';
import { words } from './words.ts';

/** The card that an event happens on, for the person who looks at it. */
export interface EventPlace {
  readonly outTrackId: string;
  readonly viewer: string;
  /** Names what was tapped, so that it alone waits. */
  readonly control: string;
  readonly local: () => LocalValues;
  readonly setLocal: (target: LocalTarget, value: unknown) => void;
}

/** Does what a tap does in DingTalk's client; what is not played here is said. */
export async function runEvent(event: RenderedEvent, place: EventPlace): Promise<void> {
  switch (event.kind) {
    case 'request':
      await request(event, place);
      return;
    case 'link':
      open(event.url, place.viewer);
      return;
    case 'local':
      place.setLocal(event.target, event.value);
      return;
    case 'toast':
      if (event.text !== '') showToast(event.text);
      return;
    case 'copy':
      await navigator.clipboard.writeText(event.text).then(
        () => showToast(words.value.card.copied),
        () => showToast(words.value.card.cannotCopy(event.text)),
      );
      return;
    case 'confirm': {
      const { title, message, ok, cancel } = event;
      const answer = (yes: boolean): void => runChoice(yes ? ok : cancel, place);
      ask({ kind: 'confirm', title, message, ok: ok.text, cancel: cancel.text, answer });
      return;
    }
    case 'menu':
      askForOne(event, (at) => runChoice(event.choices[at], place));
      return;
    case 'chain':
      // Events of a chain do not wait for each other.
      await Promise.all(event.steps.map((step) => runStep(step, loopsOf(event.loops), place)));
      return;
    case 'unplayed':
      showToast(words.value.card.notPlayed(event.actionType));
  }
}

function runChoice(choice: Choice | undefined, place: EventPlace): void {
  if (choice?.event !== undefined) void runEvent(choice.event, place);
}

function askForOne(menu: Extract<RenderedEvent, { kind: 'menu' }>, answer: (at: number) => void): void {
  const { title, message, choices } = menu;
  ask({ kind: 'one', title, message, choices: choices.map(({ text }) => text), answer });
}

/** A step, then what follows it: by the answer of a request, or by what was chosen of a menu. */
async function runStep(step: ChainStep, loops: readonly LoopItem[], place: EventPlace): Promise<void> {
  const { name, event, callbacks } = step;
  const then = callbacks as Json | undefined;
  if (event.kind === 'menu' && Array.isArray(then)) {
    const follows = then as readonly Json[];
    askForOne(event, (at) => void runSteps(follows[at], inMenu(name, at), loops, place));
    return;
  }
  if (event.kind !== 'request') return runEvent(event, place);
  const answer = await request(event, place);
  const went = answer?.applied === true;
  const branch = isRecord(then) ? (went ? then.success : then.failure) : undefined;
  if (!isRecord(branch)) return;
  const left = holds(branch.condition, await scopeAfter(place, loops, answer));
  const next = left ? branch.leftEvent : branch.rightEvent;
  const side = left ? 'success_left' : 'success_right';
  const way = went ? (branch.condition === undefined ? 'success' : side) : 'failure';
  if (next !== undefined) await runSteps([next], afterRequest(name, way), loops, place, answer);
}

async function runSteps(
  events: Json | undefined,
  nameOf: StepName,
  loops: readonly LoopItem[],
  place: EventPlace,
  answer?: TapAnswer,
): Promise<void> {
  const steps = renderSteps(events, await scopeAfter(place, loops, answer), nameOf);
  await Promise.all(steps.map((step) => runStep(step, loops, place)));
}

async function request(
  event: Extract<RenderedEvent, { kind: 'request' }>,
  place: EventPlace,
): Promise<TapAnswer | undefined> {
  const { actionId, params, said } = event;
  const answer = await tap(place.outTrackId, place.control, { userId: place.viewer, actionId, params });
  if (said === undefined || answer === undefined) return answer;
  const scope = await scopeAfter(place, loopsOf(event.loops), answer);
  const went = answer.applied && holds(said.condition as Json, scope);
  const text = boundText(bound((went ? said.success : said.failure) as Json, scope), scope);
  if (text !== '') showToast(text);
  return answer;
}

/** Where values are looked up after a request: in what the card holds now, and in the answer as `event`. */
async function scopeAfter(place: EventPlace, loops: readonly LoopItem[], answer?: TapAnswer): Promise<Scope> {
  const template = await templateOf(place.outTrackId);
  const data = await getCardData(place.outTrackId, place.viewer);
  return new Scope({ template, data, local: place.local(), loops, event: asEvent(answer) });
}

function asEvent(answer: TapAnswer | undefined): Json {
  const response = answer?.response as
    | {
        readonly cardData?: { readonly cardParamMap?: Json | undefined } | undefined;
        readonly userPrivateData?: { readonly cardParamMap?: Json | undefined } | undefined;
      }
    | null
    | undefined;
  return {
    cardData: response?.cardData?.cardParamMap ?? {},
    cardPrivateData: response?.userPrivateData?.cardParamMap ?? {},
  };
}

/** Loops went through the protocol as JSON and come back as they were. */
function loopsOf(loops: readonly unknown[]): readonly LoopItem[] {
  return loops as readonly LoopItem[];
}

/** A page of a bot on this machine opens over the chat, as DingTalk's client opens links; what is elsewhere, in a tab. */
function open(url: string, viewer: string): void {
  const address = reachable(url);
  if (address === undefined) {
    showToast(words.value.card.onlyDingTalk(url));
    return;
  }
  if (!opensInside(address, viewer)) window.open(address, '_blank', 'noopener');
}

/** Opens an address over the chat, where it is a page that the client shows; whether it is. */
export function opensInside(address: string, viewer: string): boolean {
  const shown = new URL(address).origin === location.origin ? undefined : webViewAddress(viewer, address);
  if (shown !== undefined) openPage.value = { title: new URL(address).host, address: shown };
  return shown !== undefined;
}

/** An event that nobody waits for; a refusal by the sandbox is said. */
export function startEvent(event: RenderedEvent, place: EventPlace): void {
  void runEvent(event, place).catch((problem: unknown) => {
    if (!(problem instanceof RefusedError)) throw problem;
    showToast(problem.message);
  });
}
