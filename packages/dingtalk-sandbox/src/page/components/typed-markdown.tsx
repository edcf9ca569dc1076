import { useEffect, useState } from 'preact/hooks';
import { Markdown } from './markdown.tsx';

const STEP_MS = 30;
/** What is behind is caught up with in about a second, however much it is. */
const STEPS = 30;

/** Markdown that is being written: what is new is typed, as DingTalk's client shows a streaming variable. */
export function TypedMarkdown({ source }: { readonly source: string }) {
  const [typed, setTyped] = useState('');
  const shown = source.startsWith(typed) ? typed : commonStart(source, typed);
  const left = source.length - shown.length;
  useEffect(() => {
    if (left === 0) return undefined;
    const step = Math.max(1, Math.ceil(left / STEPS));
    const timer = setTimeout(() => setTyped(source.slice(0, shown.length + step)), STEP_MS);
    return () => clearTimeout(timer);
  }, [source, shown, left]);
  return (
    <div class="typed" data-typing={left > 0}>
      <Markdown source={shown} />
    </div>
  );
}

function commonStart(a: string, b: string): string {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return a.slice(0, at);
}
