import type { TodoJobOptions } from '../../src/delivery/todo-jobs.ts';

/** Of deliveries in which nobody has a to-do. */
export const NO_TODOS: Pick<TodoJobOptions, 'todoOf' | 'todoPage'> = {
  todoOf: () => Promise.reject(new Error('a to-do was asked for')),
  todoPage: () => undefined,
};
