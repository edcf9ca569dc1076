import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Person } from '../../protocol/page-protocol.ts';
import { nameOf } from '../state/chats.ts';
import { words } from '../state/words.ts';
import { CameraIcon, PictureIcon, SendIcon } from './icons.tsx';
import { QuickEntryBar } from './quick-entry-bar.tsx';
import { SampleStrip } from './sample-strip.tsx';

interface Props {
  readonly viewer: Person;
  readonly group: boolean;
  readonly onSend: (text: string, files?: readonly File[]) => void;
}

/** Where one writes: text (in a group to the bot, with an @), pictures from the phone or its camera, pasted ones, and samples. Enter sends. */
export function Composer({ viewer, group, onSend }: Props) {
  const [text, setText] = useState('');
  const { write } = words.value;
  const input = useRef<HTMLTextAreaElement>(null);
  const sendText = (): void => {
    const field = input.current;
    // what stands there, though it was not drawn yet
    const said = field?.value.trim() ?? '';
    if (field === null || said === '') return;
    onSend(said);
    setText('');
    field.value = '';
    field.focus();
  };
  return (
    <footer class="composer">
      {!group && <SampleStrip viewer={viewer} onSend={(files) => onSend('', files)} />}
      <form
        class="composer-row"
        onSubmit={(event) => {
          event.preventDefault();
          sendText();
        }}
      >
        <FilePicker label={write.pictures} onPick={(files) => onSend('', files)}>
          <PictureIcon />
        </FilePicker>
        <FilePicker label={write.camera} camera onPick={(files) => onSend('', files)}>
          <CameraIcon />
        </FilePicker>
        <textarea
          ref={input}
          class="composer-input"
          rows={1}
          value={text}
          placeholder={group ? `@${nameOf('bot')} …` : write.message}
          aria-label={group ? write.toTheBot : write.message}
          data-testid="composer-input"
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            // While an input method composes a word, Enter belongs to it.
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            sendText();
          }}
          onPaste={(event) => {
            const files = [...(event.clipboardData?.files ?? [])];
            if (files.length === 0) return;
            event.preventDefault();
            onSend('', files);
          }}
        />
        <button
          type="submit"
          class="send"
          aria-label={write.send}
          data-testid="send-button"
          aria-disabled={text.trim() === '' || undefined}
        >
          <SendIcon />
        </button>
      </form>
      {!group && <QuickEntryBar viewer={viewer} />}
    </footer>
  );
}

interface PickerProps {
  readonly label: string;
  readonly camera?: boolean | undefined;
  readonly onPick: (files: readonly File[]) => void;
  readonly children: ComponentChildren;
}

function FilePicker({ label, camera = false, onPick, children }: PickerProps) {
  return (
    <label class="icon-button picker">
      <input
        class="picker-input"
        type="file"
        accept="image/*"
        multiple={!camera}
        capture={camera ? 'environment' : undefined}
        aria-label={label}
        title={label}
        data-testid={camera ? 'camera-input' : 'picture-input'}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          // The same picture may be chosen again.
          event.currentTarget.value = '';
          if (files.length > 0) onPick(files);
        }}
      />
      {children}
    </label>
  );
}
