import { AppError } from '@field/kit/errors';
import { systemIds } from '@field/kit/ids';
import { keepTodos } from '../../handlers/reminders/keep-todos.ts';
import { todoOf } from '../../handlers/reminders/todo-of.ts';
import { freeSends } from '../../models/held-sends.ts';
import { pendingSends } from '../../models/outbox.ts';
import { sendNext } from '../../src/delivery/sender.ts';
import { todoPage } from '../../src/platform/todo.ts';
import { plain } from '../delivery/delivery-on-sandbox.ts';
import { RecordingPlatform } from './in-process/recording-platform.ts';
import { logLines } from './log-lines.ts';
import type { StillClock } from './still-clock.ts';

const nothing = (): void => undefined;

/** What becomes of a call: `slow` is carried out once `platform.goesOn` is called; `lost` is done and nobody hears of it; a process dies before DingTalk is asked, or before it notes the answer. */
export type Luck = 'well' | 'lost' | 'busy' | 'diesBefore' | 'diesAfter' | 'slow';

/** DingTalk with to-dos, to which calls do not always get. */
class TodosOnALine extends RecordingPlatform {
  readonly #luck: () => Luck;
  readonly #died: () => void;
  goesOn: (() => void) | undefined;

  constructor(luck: () => Luck, died: () => void) {
    super(nothing);
    this.#luck = luck;
    this.#died = died;
  }

  override createTodo(todo: Parameters<RecordingPlatform['createTodo']>[0]): Promise<string> {
    return this.#through(() => super.createTodo(todo));
  }

  override updateTodo(change: Parameters<RecordingPlatform['updateTodo']>[0]): Promise<void> {
    return this.#through(() => super.updateTodo(change));
  }

  override findTodo(asked: Parameters<RecordingPlatform['findTodo']>[0]): Promise<string | undefined> {
    return this.#through(() => super.findTodo(asked));
  }

  async #through<T>(ask: () => Promise<T>): Promise<T> {
    const luck = this.#luck();
    if (luck === 'diesBefore') return await this.#never();
    if (luck === 'busy') throw new AppError('dingtalk.busy', { retryAfterMs: 1_000 });
    if (luck === 'slow')
      await new Promise<void>((resolve) => {
        this.goesOn = resolve;
      });
    const answer = await ask();
    if (luck === 'diesAfter') return await this.#never();
    if (luck === 'lost') throw new AppError('dingtalk.unreachable');
    return answer;
  }

  #never(): Promise<never> {
    this.#died();
    return new Promise<never>(nothing);
  }
}

/**
 * The to-dos of an ISO's people, kept by two processes over one store. The models must be connected. `hasPage`: whether somebody knows where a
 * to-do leads.
 */
export function todosAtWork(clock: StillClock, luck: () => Luck = () => 'well', hasPage: () => boolean = () => true) {
  let died: () => void = nothing;
  const platform = new TodosOnALine(luck, () => died());
  const job = keepTodos({ clock, hasPage, sends: nothing });
  const options = {
    platform,
    clock,
    log: logLines().log,
    ids: systemIds,
    random: () => 0.5,
    renderer: plain,
    images: { prepare: nothing },
    recorded: nothing,
    filesOf: () => Promise.reject(new Error('a list was asked for')),
    todoOf,
    todoPage: () => (hasPage() ? todoPage('https://bot.example', 'ding') : undefined),
  };

  const takesOne = (): Promise<void> => sendNext(systemIds.lease(), options);

  /** One process does what is due; a second one takes its place where it dies. */
  async function sends(): Promise<void> {
    const dead = new Promise<'dead'>((resolve) => {
      died = () => resolve('dead');
    });
    const ended = await Promise.race([Promise.all([takesOne(), takesOne()]), dead]);
    if (ended === 'dead') await freeSends();
  }

  return {
    platform,
    job,
    /** What is due at this moment: both find it, and one at a time does it. */
    async run(): Promise<void> {
      await Promise.allSettled([job.run(clock.now()), job.run(clock.now())]);
      for (let turns = 3 * (await pendingSends()); turns > 0; turns -= 1) await sends();
    },
    /** One process alone takes what is most urgent. */
    takesOne,
    calls: () => platform.calls.filter((call) => /Todo$/.test(call)).length,
  };
}
