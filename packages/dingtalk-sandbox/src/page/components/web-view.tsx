import { useEffect, useRef, useState } from 'preact/hooks';
import type { Person } from '../../protocol/page-protocol.ts';
import type { JsapiAnswer, JsapiCall } from '../../protocol/web-view.ts';
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
  const [title, setTitle] = useState(page.title);
  useEffect(() => {
    dialog.current?.showModal();
    const answer = async ({ source, origin, data }: MessageEvent): Promise<void> => {
      if (source !== frame.current?.contentWindow || origin !== location.origin) return;
      if ((data as Partial<JsapiCall>).type !== 'jsapiCall') return;
      const call = data as JsapiCall;
      const reply: JsapiAnswer = { type: 'jsapiAnswer', id: call.id, answer: await answered(call, viewer.userId) };
      frame.current?.contentWindow?.postMessage(reply, location.origin);
      if (call.name === 'biz.navigation.close') openPage.value = undefined;
    };
    addEventListener('message', answer);
    return () => removeEventListener('message', answer);
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

async function answered(call: JsapiCall, userId: string): Promise<JsapiAnswer['answer']> {
  const { name, params } = call;
  switch (name) {
    case 'runtime.permission.requestAuthCodeV2':
    case 'runtime.permission.requestAuthCode':
      try {
        return { errorCode: '0', result: await postAuthCode(userId, String(params.corpId ?? '')) };
      } catch (problem) {
        return { errorCode: '3', errorMessage: problem instanceof RefusedError ? problem.message : 'failed' };
      }
    case 'biz.util.scan':
    case 'device.geolocation.get':
      return played(call, userId);
    case 'biz.navigation.close':
      return { errorCode: '0', result: {} };
    default:
      return { errorCode: '1', errorMessage: `${name} is not played` };
  }
}

async function played(call: JsapiCall, userId: string): Promise<JsapiAnswer['answer']> {
  try {
    const answer = await postClientCall(userId, call);
    return 'code' in answer ? await scanned(answer.code) : answer;
  } catch (problem) {
    return { errorCode: '1', errorMessage: problem instanceof RefusedError ? problem.message : 'failed' };
  }
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
