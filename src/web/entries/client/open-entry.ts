import { requestAuthCode$ as legacyAuthCode } from 'dingtalk-jsapi/api/runtime/permission/requestAuthCode';
import { closePage$ as closePage } from 'dingtalk-jsapi/api/union/closePage';
import { quitPage$ as quitPage } from 'dingtalk-jsapi/api/union/quitPage';
import { requestAuthCode$ as requestAuthCode } from 'dingtalk-jsapi/api/union/requestAuthCode';
import dd from 'dingtalk-jsapi/entry/union';
import type { EntryAnswer, EntryTap } from './answer.ts';

/** A phone in a shop: longer than that nobody waits, and what was asked may have happened all the same. */
const ANSWERS_WITHIN_MS = 12_000;

const page = part('entry').dataset;
const again = part('again');

function part(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found;
}

function say(text: string | undefined, canTryAgain = false): void {
  part('say').textContent = text ?? '';
  again.hidden = !canTryAgain;
}

/** Tells the bot who taps, and closes. The same page told twice is one tap, so it may be tried again at any time. */
async function open(): Promise<void> {
  say(page.opening);
  if (dd.other) return say(page.elsewhere);
  try {
    const answer = await withoutCode();
    if (answer.outcome !== 'whoAreYou') return finish(answer);
    const code = await authCode();
    if (code === undefined) return say(page.whoAreYou, true);
    finish(await tell({ nonce: page.nonce ?? '', code }));
  } catch {
    say(page.noConnection, true);
  }
}

async function withoutCode(): Promise<EntryAnswer> {
  if (page.signedIn !== 'true') return { outcome: 'whoAreYou', text: page.whoAreYou ?? '' };
  return await tell({ nonce: page.nonce ?? '' });
}

function finish(answer: EntryAnswer): void {
  if (answer.outcome === 'signedIn') {
    location.reload();
    return;
  }
  if (answer.outcome !== 'moved') {
    say(answer.text, answer.outcome !== 'refused');
    return;
  }
  say(page.done);
  // on a computer pages are left by another call; where neither works, the sentence stands
  const closed = dd.pc ? quitPage({}) : closePage({});
  closed.catch(() => undefined);
}

async function tell(tap: EntryTap): Promise<EntryAnswer> {
  const answer = await inTime(
    fetch(location.pathname, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(tap),
    }),
  );
  return (await inTime(answer.json())) as EntryAnswer;
}

/** A code for whoever is looking. Clients before 7.0.45 know the call by its older name. */
async function authCode(): Promise<string | undefined> {
  const { corp: corpId = '', client: clientId = '' } = page;
  for (const ask of [() => requestAuthCode({ corpId, clientId }), () => legacyAuthCode({ corpId })]) {
    try {
      return (await inTime(ask())).code;
    } catch {
      // the next one is asked
    }
  }
  return undefined;
}

function inTime<Result>(work: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('late')), ANSWERS_WITHIN_MS);
    work.then(resolve, reject).then(() => clearTimeout(late));
  });
}

again.addEventListener('click', () => void open());
void open();
