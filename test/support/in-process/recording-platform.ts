import { isDeepStrictEqual } from 'node:util';
import { AppError } from '@field/kit/errors';
import type {
  CardParams,
  Contact,
  Delivered,
  Invited,
  NewCard,
  PageTicket,
  Platform,
} from '../../../src/platform/platform.ts';
import type { NewTodo, TodoChange } from '../../../src/platform/todo.ts';

/** A card as DingTalk has it: what everybody sees, and what one person sees over it. */
export interface KeptCard extends NewCard {
  readonly privately: ReadonlyMap<string, CardParams>;
}

type Call = keyof Platform;

/**
 * DingTalk as far as the product asks something of it: it keeps what it was asked, and answers as the contract says. `refuse` makes
 * the calls of a kind fail until `allow`.
 */
export class RecordingPlatform implements Platform {
  readonly cards = new Map<string, KeptCard>();
  /** Every call, in order: `createAndDeliver`, `updateCard`, … */
  readonly calls: Call[] = [];
  /** How many of the updates of cards changed nothing: an answer that is noted late, on a busy machine, is made sure of. */
  unchanging = 0;
  readonly invited: { readonly name: string; readonly mobile: string }[] = [];
  /** Who is in the organisation, by userId. */
  readonly members = new Map<string, Contact>();
  readonly #changed: (outTrackId: string) => void;
  readonly #files = new Map<string, Buffer>();
  readonly #lost = new Map<Call, number>();
  readonly #refused = new Map<Call, { readonly error: AppError; readonly when: (asked: string) => boolean }>();

  /** `changed` is told of every card that comes or looks otherwise than before. */
  constructor(changed: (outTrackId: string) => void) {
    this.#changed = changed;
  }

  /** `when`: only what reads so, as JSON. */
  refuse(call: Call, error: AppError, when: (asked: string) => boolean = () => true): void {
    this.#refused.set(call, { error, when });
  }

  /** So many of the next calls of this kind do what they are asked for, and nobody hears of it. */
  loseAnswers(call: Call, times: number): void {
    this.#lost.set(call, times);
  }

  allow(call: Call): void {
    this.#refused.delete(call);
  }

  /** A file that a person sends, under its download code. */
  keepFile(downloadCode: string, bytes: Uint8Array): void {
    this.#files.set(downloadCode, Buffer.from(bytes));
  }

  /** What a tap's answer makes of a card, for everybody or only for the one who tapped. */
  answer(outTrackId: string, change: { params?: CardParams | undefined; for?: string; only?: CardParams | undefined }) {
    const card = this.cards.get(outTrackId);
    if (card === undefined) return;
    const privately = new Map(card.privately);
    if (change.for !== undefined && change.only !== undefined) privately.set(change.for, change.only);
    this.#keep({ ...card, params: { ...card.params, ...change.params }, privately });
  }

  async createAndDeliver(card: NewCard): Promise<Delivered> {
    this.#note('createAndDeliver', card);
    const existed = this.cards.has(card.outTrackId);
    if (!existed) this.#keep({ ...card, privately: new Map() });
    return { existed };
  }

  async deliver(card: NewCard): Promise<Delivered> {
    this.#note('deliver');
    if (!this.cards.has(card.outTrackId)) this.#keep({ ...card, privately: new Map() });
    return { existed: true };
  }

  async updateCard({ outTrackId, params }: { outTrackId: string; params: CardParams }): Promise<void> {
    this.#note('updateCard', params);
    const card = this.cards.get(outTrackId);
    if (card === undefined) throw new AppError('dingtalk.refused', { outTrackId });
    if (isDeepStrictEqual(card.params, params)) this.unchanging += 1;
    this.#keep({ ...card, params });
  }

  async downloadUrl(downloadCode: string): Promise<string> {
    this.#note('downloadUrl');
    return `https://files.example/${encodeURIComponent(downloadCode)}`;
  }

  async fetchFile(url: string, { maxBytes }: { maxBytes: number }): Promise<Buffer> {
    this.#note('fetchFile');
    const bytes = this.#files.get(decodeURIComponent(new URL(url).pathname.slice(1)));
    if (bytes === undefined) throw new AppError('picture.expired');
    if (bytes.length > maxBytes) throw new AppError('picture.tooBig');
    return bytes;
  }

  /** What was sent into chats, in order. */
  readonly filesSent: { readonly userId: string; readonly mediaId: string; readonly fileName: string }[] = [];
  /** What was uploaded for chats, by its `media_id`. */
  readonly filesKept = new Map<string, Buffer>();

  async uploadFile({ bytes }: { bytes: Buffer; fileName: string }): Promise<string> {
    this.#note('uploadFile');
    const mediaId = `@file${this.filesKept.size + 1}`;
    this.filesKept.set(mediaId, bytes);
    return mediaId;
  }

  async sendFile(file: { userId: string; mediaId: string; fileName: string }): Promise<void> {
    this.#note('sendFile', file);
    this.filesSent.push(file);
  }

  async uploadImage(): Promise<string> {
    this.#note('uploadImage');
    return `@picture${this.calls.length}`;
  }

  /** To-dos as DingTalk has them, by its id of each; one of a name for ever. */
  readonly todos = new Map<string, NewTodo & { readonly done: boolean; readonly changes: number }>();

  async createTodo(todo: NewTodo): Promise<string> {
    this.#note('createTodo', todo);
    const isThere = [...this.todos.values()].some(({ name }) => name === todo.name);
    if (isThere) throw new AppError('dingtalk.refused', { code: 'todo.taskCreate.paramError' });
    const taskId = `task${this.todos.size + 1}`;
    this.todos.set(taskId, { ...todo, done: false, changes: 0 });
    this.#answers('createTodo');
    return taskId;
  }

  async updateTodo({ taskId, subject, dueAt, done }: TodoChange): Promise<void> {
    this.#note('updateTodo', { taskId, subject, done });
    const todo = this.todos.get(taskId);
    if (todo === undefined) throw new AppError('dingtalk.refused', { code: 'todo.taskUpdate.paramError' });
    const said = subject === undefined ? {} : { subject, dueAt };
    this.todos.set(taskId, { ...todo, ...said, done, changes: todo.changes + 1 });
    this.#answers('updateTodo');
  }

  async findTodo({ name }: { unionId: string; name: string }): Promise<string | undefined> {
    this.#note('findTodo');
    return [...this.todos].find(([, todo]) => todo.name === name && !todo.done)?.[0];
  }

  async invite(person: { name: string; mobile: string }): Promise<Invited> {
    this.#note('invite');
    this.invited.push(person);
    const [member] = [...this.members].find(([, { mobile }]) => mobile === person.mobile) ?? [];
    return member === undefined ? { kind: 'asked' } : { kind: 'member', userId: member };
  }

  async userByCode(): Promise<string | undefined> {
    this.#note('userByCode');
    return undefined;
  }

  async pageTicket(): Promise<PageTicket> {
    this.#note('pageTicket');
    return { ticket: 'ticket', lifeMs: 7_200_000 };
  }

  async contactOf(userId: string): Promise<Contact | undefined> {
    this.#note('contactOf');
    return this.members.get(userId);
  }

  #note(call: Call, asked: unknown = ''): void {
    this.calls.push(call);
    const refusal = this.#refused.get(call);
    if (refusal?.when(JSON.stringify(asked)) === true) throw refusal.error;
  }

  #answers(call: Call): void {
    const left = this.#lost.get(call) ?? 0;
    this.#lost.set(call, left - 1);
    if (left > 0) throw new AppError('dingtalk.unreachable');
  }

  #keep(card: KeptCard): void {
    this.cards.set(card.outTrackId, card);
    this.#changed(card.outTrackId);
  }
}
