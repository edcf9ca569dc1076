import { useEffect, useRef } from 'preact/hooks';
import type { Person } from '../../protocol/page-protocol.ts';
import type { JsapiAnswer, JsapiCall } from '../../protocol/web-view.ts';
import { postAuthCode, RefusedError } from '../state/api.ts';
import { languageOf } from '../state/language.ts';
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
      aria-label={page.title}
      data-testid="web-view"
      onClose={() => {
        openPage.value = undefined;
      }}
    >
      <header class="web-view-head">
        <h2 lang={languageOf(page.title)}>{page.title}</h2>
        <button
          type="button"
          class="icon-button"
          aria-label={words.value.page.close}
          onClick={() => dialog.current?.close()}
        >
          <CloseIcon />
        </button>
      </header>
      <iframe ref={frame} src={page.address} title={page.title} />
    </dialog>
  );
}

async function answered({ name, params }: JsapiCall, userId: string): Promise<JsapiAnswer['answer']> {
  switch (name) {
    case 'runtime.permission.requestAuthCodeV2':
    case 'runtime.permission.requestAuthCode':
      try {
        return { errorCode: '0', result: await postAuthCode(userId, String(params.corpId ?? '')) };
      } catch (problem) {
        return { errorCode: '3', errorMessage: problem instanceof RefusedError ? problem.message : 'failed' };
      }
    case 'biz.navigation.close':
      return { errorCode: '0', result: {} };
    default:
      return { errorCode: '1', errorMessage: `${name} is not played` };
  }
}
