import { useEffect, useRef, useState } from 'preact/hooks';
import type { Person } from '../../protocol/page-protocol.ts';
import { addressOfView, type JsapiAnswer, type JsapiCall } from '../../protocol/web-view.ts';
import { postAuthCode, postClientCall, RefusedError } from '../state/api.ts';
import { languageOf } from '../state/language.ts';
import { ask } from '../state/questions.ts';
import { type OpenPage, openPage } from '../state/quick-entries.ts';
import { words } from '../state/words.ts';
import { CloseIcon } from './icons.tsx';

interface Props {
  readonly viewer: Person;
  readonly page: OpenPage;
}

/** A page of the bot over the chat, as DingTalk's client shows it; what the page asks of the client is answered here. */
export function WebView({ viewer, page }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const frame = useRef<HTMLIFrameElement>(null);
  /** What the client lets the page that is shown ask for, by `dd.config`; another page has to be shown to be the app's again. */
  const allowed = useRef<{ readonly of: Document; readonly names: readonly string[] }>(undefined);
  const [title, setTitle] = useState(page.title);
  useEffect(() => {
    dialog.current?.showModal();
    const replies = async ({ source, origin, data }: MessageEvent): Promise<void> => {
      if (source !== frame.current?.contentWindow || origin !== location.origin) return;
      if ((data as Partial<JsapiCall>).type !== 'jsapiCall') return;
      const call = data as JsapiCall;
      const shown = frame.current?.contentDocument;
      const { names = [], of } = allowed.current ?? {};
      const isAllowed = of === shown && names.includes(call.name);
      const address = addressOfView(frame.current?.contentWindow?.location.href ?? location.href) ?? '';
      const answer = await answered(call, { userId: viewer.userId, page: address, isAllowed });
      if (shown && call.name === PERMISSION && answer.errorCode === '0')
        allowed.current = { of: shown, names: [call.params.jsApiList].flat().map(String) };
      const reply: JsapiAnswer = { type: 'jsapiAnswer', id: call.id, answer };
      frame.current?.contentWindow?.postMessage(reply, location.origin);
      if (call.name === 'biz.navigation.close') openPage.value = undefined;
    };
    addEventListener('message', replies);
    return () => removeEventListener('message', replies);
  }, [viewer.userId]);
  return (
    <dialog
      ref={dialog}
      class="web-view"
      aria-label={title}
      data-testid="web-view"
      onClose={() => {
        openPage.value = undefined;
      }}
    >
      <header class="web-view-head">
        <h2 lang={languageOf(title)}>{title}</h2>
        <button
          type="button"
          class="icon-button"
          aria-label={words.value.page.close}
          onClick={() => dialog.current?.close()}
        >
          <CloseIcon />
        </button>
      </header>
      <iframe
        ref={frame}
        src={page.address}
        title={title}
        allow="camera; geolocation"
        onLoad={() => setTitle(frame.current?.contentDocument?.title || page.title)}
      />
    </dialog>
  );
}

const PERMISSION = 'runtime.permission.requestJsApis';

/** In whose client a page asks, where it is, and whether it was let to. */
interface Asking {
  readonly userId: string;
  readonly page: string;
  readonly isAllowed: boolean;
}

async function answered(call: JsapiCall, asking: Asking): Promise<JsapiAnswer['answer']> {
  const { name, params } = call;
  const { userId } = asking;
  switch (name) {
    case 'runtime.permission.requestAuthCodeV2':
    case 'runtime.permission.requestAuthCode':
      try {
        return { errorCode: '0', result: await postAuthCode(userId, String(params.corpId ?? '')) };
      } catch (problem) {
        return { errorCode: '3', errorMessage: problem instanceof RefusedError ? problem.message : 'failed' };
      }
    case PERMISSION:
    case 'biz.util.scan':
    case 'device.geolocation.get':
      return played(call, asking);
    case 'biz.navigation.close':
      return { errorCode: '0', result: {} };
    default:
      return { errorCode: '1', errorMessage: `${name} is not played` };
  }
}

async function played(call: JsapiCall, { userId, ...of }: Asking): Promise<JsapiAnswer['answer']> {
  try {
    const answer = await postClientCall(userId, call, of);
    if ('place' in answer) return await placeOfMachine();
    return 'code' in answer ? await scanned(answer.code) : answer;
  } catch (problem) {
    return { errorCode: '1', errorMessage: problem instanceof RefusedError ? problem.message : 'failed' };
  }
}

/** As the client tells it, in texts; refused where the person lets nobody know. */
function placeOfMachine(): Promise<JsapiAnswer['answer']> {
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude, accuracy } }) => {
        const result = { latitude: String(latitude), longitude: String(longitude), accuracy: String(accuracy) };
        resolve({ errorCode: '0', result });
      },
      ({ code, message }) => resolve({ errorCode: code === 1 ? '11' : '14', errorMessage: message }),
      { timeout: 8_000 },
    );
  });
}

/** The person holds the phone over a code, which is told in a dialog; to leave it is to cancel. */
function scanned(code: string): Promise<JsapiAnswer['answer']> {
  const { scan, scanWhy } = words.value.write;
  return new Promise((resolve) => {
    ask({
      kind: 'text',
      title: scan,
      message: scanWhy,
      text: code,
      multiline: false,
      answer: (text) => resolve({ errorCode: '0', result: { text } }),
      closed: () => resolve({ errorCode: '-1', errorMessage: 'cancelled' }),
    });
  });
}
