import { signal } from '@preact/signals';
import type { TodoLink } from '../../protocol/page-protocol.ts';

/** The open to-dos of whoever is looking, as DingTalk lists them beside the chats. */
export const openTodos = signal<readonly TodoLink[]>([]);
