import type { Person } from '../../protocol/page-protocol.ts';
import { webViewAddress } from '../../protocol/web-view.ts';
import { languageOf } from '../state/language.ts';
import { openPage } from '../state/quick-entries.ts';
import { openTodos } from '../state/todos.ts';
import { words } from '../state/words.ts';
import { TodoIcon } from './icons.tsx';

/** A line each, under the head of the chat with the app that made them: it opens its page. */
export function TodoList({ viewer }: { readonly viewer: Person }) {
  if (openTodos.value.length === 0) return null;
  const label = words.value.chat.todos;
  return (
    <section class="todos" aria-label={label}>
      {openTodos.value.map(({ taskId, subject, url }) => {
        const address = webViewAddress(viewer.userId, url);
        const face = (
          <>
            <TodoIcon />
            <span class="todo-label">{label}</span>
            <span class="todo-subject" lang={languageOf(subject)}>
              {subject}
            </span>
          </>
        );
        return address === undefined ? (
          <a key={taskId} class="todo" href={url} target="_blank" rel="noopener noreferrer">
            {face}
          </a>
        ) : (
          <button
            key={taskId}
            type="button"
            class="todo"
            data-testid="todo"
            onClick={() => {
              openPage.value = { title: subject, address };
            }}
          >
            {face}
          </button>
        );
      })}
    </section>
  );
}
