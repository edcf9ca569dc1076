import { useEffect, useMemo } from 'preact/hooks';
import { isPicture } from '../state/api.ts';
import { languageOf } from '../state/language.ts';
import { discard, sendAgain, type Unsent } from '../state/outgoing.ts';
import { words } from '../state/words.ts';

/** A message on its way, or one that could not be sent and can be sent again. */
export function UnsentItem({ unsent }: { readonly unsent: Unsent }) {
  const { message, problem } = unsent;
  const { write } = words.value;
  return (
    <li class="entry entry-mine entry-unsent" data-testid="unsent">
      {message.files.length > 0 && (
        <div class={message.files.length > 1 ? 'pictures pictures-many' : 'pictures'}>
          {message.files.map((file, index) => (
            <Preview key={`${index}-${file.name}`} file={file} />
          ))}
        </div>
      )}
      {message.text && (
        <p class="bubble" lang={languageOf(message.text)}>
          {message.text}
        </p>
      )}
      {problem === undefined ? (
        <p class="sending">
          <span class="spinner" aria-hidden="true" /> {write.sending}
        </p>
      ) : (
        <div class="not-sent" role="alert">
          <p>
            {write.notSent} {problem}
          </p>
          <button type="button" class="link-button" onClick={() => sendAgain(unsent)}>
            {write.again}
          </button>
          <button type="button" class="link-button" onClick={() => discard(unsent.id)}>
            {write.remove}
          </button>
        </div>
      )}
    </li>
  );
}

function Preview({ file }: { readonly file: File }) {
  const address = useMemo(() => URL.createObjectURL(file), [file]);
  useEffect(() => () => URL.revokeObjectURL(address), [address]);
  if (!isPicture(file)) return <span class="file">{file.name}</span>;
  return <img class="picture" src={address} alt={file.name} />;
}
