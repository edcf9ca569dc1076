import type { CaptureAsk, CaptureForm, CaptureHeader } from '../protocol.ts';
import { placeAsker } from './ask-place.ts';
import { BASE, tellLeft } from './bot.ts';
import { codeFromCamera, codeReader } from './camera.ts';
import { part, say } from './elements.ts';
import type { FilledValues } from './form-view.ts';
import { PhoneStore } from './phone-store.ts';
import { keep, sendFrom, TooBigError, waitsFor } from './queue.ts';
import { smaller } from './smaller.ts';
import { Standing } from './standing.ts';
import type { PageTexts } from './texts.ts';
import { View } from './view.ts';
import { keepWithoutNetwork, wantsSync } from './without-network.ts';

const DRAW_EVERY_MS = 2_000;

const { corp = '', client = '', nonce = '', wasm = '', texts: said = '{}' } = part('scan').dataset;
const texts = JSON.parse(said) as PageTexts;
const inDingTalk = /DingTalk/i.test(navigator.userAgent);
const dingtalk = inDingTalk ? import('./in-dingtalk.ts') : undefined;
const places = placeAsker(dingtalk);
const store = new PhoneStore();
const authCode = dingtalk && (async () => (await dingtalk).authCode(corp, client));
const standing = new Standing({ texts, store, places, authCode, nonce, draw });

let sending = false;
let retry: ReturnType<typeof setTimeout> | undefined;
let waitedBefore = 0;
/** Whether something was taken since the bot was told last that nobody looks. */
let hasSent = false;
/** Whether it is said that something is kept here, until that has left. */
let saysKept = false;

const view = new View(
  {
    texts,
    // known before anything is drawn
    get gallery() {
      return standing.state?.gallery ?? false;
    },
    actions: {
      photo: (ask, file) => void photo(ask, file),
      scan: (ask) => void scan(ask),
      typed: (ask, code) => void takeCode(ask, { code, typed: true }),
    },
    onFilled: fillIn,
    address: (path) => (path.startsWith('/') ? new URL(`..${path}`, BASE).href : path),
  },
  (note) => void store.read(note).then(draw),
);

async function draw(): Promise<void> {
  const waiting = await store.list();
  const { state, asOf, connected, aheadMs } = standing;
  const notes = state === undefined ? [] : await store.notes(state.who);
  view.show({ state, asOf, waiting, notes, connected, sending, aheadMs });
  if (saysKept && waiting.length === 0) tell(undefined);
  const arrived = waiting.length < waitedBefore;
  waitedBefore = waiting.length;
  if (arrived) void standing.refresh();
}

/** Says how the last thing went; of nothing that is elsewhere by now that it is kept here. */
function tell(text: string | undefined, isKept = false): void {
  say(part('toast'), text);
  saysKept = isKept;
}

async function send(): Promise<void> {
  if (sending) return;
  clearTimeout(retry);
  sending = true;
  try {
    await sendFrom(store, { base: BASE, isSeen, pieceBytes: standing.state?.limits.pieceBytes });
  } finally {
    sending = false;
  }
  await draw();
  const wait = await waitsFor(store);
  if (wait !== undefined) retry = setTimeout(() => void send(), wait);
}

async function isSeen(): Promise<boolean> {
  return document.visibilityState === 'visible';
}

async function photo(ask: CaptureAsk, file: File): Promise<void> {
  const takenAt = Date.now();
  // only where the programme asks for it, and only as a photo is taken
  const found = standing.state?.location === 'ask' ? places.now() : undefined;
  const bytes = await smaller(file, ask.takes === 'photo' ? 'photo' : 'code');
  const kept = await take(ask, { kind: 'photo', slot: ask.slot, takenAt, place: await found }, bytes);
  if (kept) view.ask(ask.slot)?.thumb(file);
}

async function takeCode(ask: CaptureAsk, read: Pick<CaptureHeader, 'code' | 'typed'>): Promise<void> {
  await take(ask, { kind: 'code', slot: ask.slot, takenAt: Date.now(), ...read });
}

async function fillIn(form: CaptureForm, values: FilledValues): Promise<boolean> {
  return take(form, { kind: 'form', slot: form.slot, takenAt: Date.now(), values });
}

/** Kept on this phone before anything is said, then sent. */
async function take({ title }: Pick<CaptureAsk, 'title'>, header: CaptureHeader, bytes?: Uint8Array): Promise<boolean> {
  const { state } = standing;
  if (state === undefined) return false;
  tell(undefined);
  try {
    await keep(store, state, header, bytes);
  } catch (thrown) {
    tell(problemOf(thrown));
    return false;
  }
  tell(`✓ ${title}: ${texts.kept}`, true);
  hasSent = true;
  await draw();
  void wantsSync();
  void send();
  return true;
}

function problemOf(thrown: unknown): string {
  if (thrown instanceof TooBigError) return texts.tooBig;
  return (thrown as { readonly name?: string } | null)?.name === 'QuotaExceededError' ? texts.full : texts.cannotKeep;
}

async function scan(ask: CaptureAsk): Promise<void> {
  const read = dingtalk === undefined ? 'cannot' : await (await dingtalk).scanned().catch(() => 'cannot' as const);
  if (read === 'cancelled') return;
  const text = read === 'cannot' ? await fromCamera(ask) : read.text;
  if (text !== undefined) await takeCode(ask, { code: text });
}

/** The browser's own camera over the page; where it is refused, the code can be typed. */
async function fromCamera(ask: CaptureAsk): Promise<string | undefined> {
  const stop = new AbortController();
  const before = document.activeElement;
  const [camera, leave] = [part('camera'), part('stop')];
  camera.hidden = false;
  leave.onclick = () => stop.abort();
  camera.onkeydown = ({ key }) => {
    if (key === 'Escape') stop.abort();
  };
  leave.focus();
  try {
    const reader = codeReader(new URL(wasm, BASE).href);
    reader.catch(() => undefined);
    return await codeFromCamera(part('video') as HTMLVideoElement, reader, stop.signal);
  } catch {
    tell(texts.noCamera);
    view.ask(ask.slot)?.offerTyping();
    return undefined;
  } finally {
    camera.hidden = true;
    if (before instanceof HTMLElement && part('camera').contains(document.activeElement)) before.focus();
  }
}

async function begin(): Promise<void> {
  say(part('say'), texts.opening);
  await standing.refresh();
  await keepWithoutNetwork();
  await send();
}

function comesBack(): void {
  void standing.refresh();
  void send();
}

/** Nobody looks any more: the chat shows where they stand. */
function leaves(): void {
  const { state } = standing;
  if (!hasSent || state === undefined || state.ticket === '') return;
  hasSent = false;
  tellLeft({ ticket: state.ticket });
}

/** The page lies over the chat; where the client does not close it, that is said. */
async function toChat(): Promise<void> {
  leaves();
  if ((await (await dingtalk)?.closed()) !== true) tell(texts.closeIt);
}

part('again').onclick = comesBack;
part('chat').onclick = () => void toChat();
part('chat').hidden = !inDingTalk;
part('not-you').onclick = () => void standing.notYou();
addEventListener('online', comesBack);
addEventListener('pagehide', leaves);
addEventListener('offline', () => void standing.offline());
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') comesBack();
  else leaves();
});
setInterval(() => {
  if (document.visibilityState !== 'visible') return;
  const { state, connected, isAsking } = standing;
  const changes = state?.entering || view.awaitsForm || state?.work?.asks.some(({ checking }) => checking > 0);
  void (changes && connected && !isAsking ? standing.refresh() : draw());
}, DRAW_EVERY_MS);

if ('indexedDB' in globalThis && 'subtle' in (globalThis.crypto ?? {})) {
  void begin().catch(() => say(part('say'), texts.cannotKeep));
} else say(part('say'), texts.cannotKeep);
