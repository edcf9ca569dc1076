import { recordUpdate } from '../../../models/inbox.ts';
import { findIsoByEmail } from '../../../models/isos.ts';
import { changePerson, meetPerson, type PersonChange } from '../../../models/people.ts';
import type { PhotoStore } from '../../../models/photo-store.ts';
import { inTransaction } from '../../../models/transaction.ts';
import type { RunningServer } from '../../../packages/embedded-store/src/server.ts';
import type { Context, Effects } from '../../../src/bot/context.ts';
import { type TapAnswer, WORKING_MS } from '../../../src/bot/taps.ts';
import { BURST_MS } from '../../../src/bot/working-card.ts';
import type { Config } from '../../../src/config/config.ts';
import { parseTap } from '../../../src/dingtalk/parse-tap.ts';
import { DingTalkTime } from '../../../src/platform/dingtalk-time.ts';
import type { EventUpdate, Finding, OrganisationEvent } from '../../../src/platform/event.ts';
import type { Conversation, MessageContent, MessageUpdate, TapUpdate } from '../../../src/platform/update.ts';
import { createHeldProgrammes } from '../../../src/programme-in-use/held-programmes.ts';
import { moveClock, untilNothingElseRuns } from '../../../src/wiring/moving-time.ts';
import type { Services } from '../../../src/wiring/services.ts';
import { createInFlight } from '../../../src/work/in-flight.ts';
import { logLines } from '../log-lines.ts';
import { StillClock } from '../still-clock.ts';
import { toldNobody } from '../told-nobody.ts';
import { Person, type PersonWorld } from '../world/person.ts';
import type { NewTap, TapAnswer as Shown } from '../world/sandbox-api.ts';
import { Chats } from './chats.ts';
import { countedIds } from './counted-ids.ts';
import { type AroundHandler, type Parts, putTogether } from './parts.ts';
import { RecordingPlatform } from './recording-platform.ts';
import { WatchedTrips } from './trips.ts';

/** Tuesday, 24 November 2026, 10:00 in Bangkok. */
export const MORNING = Date.UTC(2026, 10, 24, 3);
export const DEMO_ISO = 'demo@iso.example';

/** A guard against what hangs, as `limits` in vitest.config.ts are: how often it is waited for what runs. */
const MOST_WAITS = 12;

/** What DingTalk pushes. */
type Pushed = MessageUpdate | TapUpdate | OrganisationEvent;

/** What becomes of a tap's answer on its way to the phone. */
interface OnTheWay {
  readonly arrives?: boolean;
  readonly meanwhile?: () => Promise<void>;
  /** Whether the bot believes that it arrives; as it is, unless told. */
  readonly leaves?: boolean | undefined;
}

/** What an update led to. */
export interface Received {
  /** What its handler wanted; undefined where none ran, or where it failed. */
  readonly effects: Effects | undefined;
  /** What went back to the phone; undefined for what is no tap. */
  readonly answer: TapAnswer | undefined;
}

/**
 * The whole bot in this process, over an edge that keeps what DingTalk was asked: `receive(update)`, or a person's chat as in the
 * scenarios. Its time stands still until it is moved.
 */
export class InProcessWorld implements PersonWorld {
  readonly clock = new StillClock(MORNING);
  readonly ids = countedIds();
  readonly log = logLines('info');
  readonly dingTalkTime = new DingTalkTime(this.clock);
  readonly inFlight = createInFlight();
  readonly patienceMs = 0;
  readonly platform: RecordingPlatform;
  /** What was written into chats where no card could be sent. */
  readonly replies: string[] = [];
  #lateAnswers = 0;
  readonly #chats: Chats;
  readonly #parts: Parts;
  readonly #wanted = new Map<string, Effects>();
  #trips: WatchedTrips | undefined;
  #around: AroundHandler = (_ctx, handle) => handle();
  #updates = 0;
  #aheadMs = 0;

  /** From now on the store's disk is like this. */
  readonly onDisk: RunningServer['onDisk'];

  constructor(config: Config, onDisk: RunningServer['onDisk']) {
    this.onDisk = onDisk;
    this.platform = new RecordingPlatform((outTrackId) => this.#chats.cardChanged(outTrackId));
    this.#chats = new Chats(this.platform.cards);
    const { clock, ids, inFlight } = this;
    const services: Services = {
      config,
      process: 'in-process',
      clock,
      dingTalkTime: this.dingTalkTime,
      ids,
      random: ids.random,
      log: this.log.log,
      inFlight,
      programmes: createHeldProgrammes(this.log.log),
      ...toldNobody(),
    };
    this.#parts = putTogether(services, this.platform, (ctx, handle) => this.#handle(ctx, handle));
  }

  /** So many calls as if this machine had answered every tap in time: a late answer costs one more, by which its card is drawn, if nothing else draws it. */
  asInTime(calls: number, wanted: number): number {
    return calls > wanted && calls <= wanted + this.#lateAnswers ? wanted : calls;
  }

  /** What taps ask of the store from now on. */
  watchTrips(): WatchedTrips {
    this.#trips ??= new WatchedTrips();
    return this.#trips;
  }

  /** From now on this stands around every handler: to fail in its place, or to hold it up. */
  standsAround(handler: AroundHandler): void {
    this.#around = handler;
  }

  /** Takes in what DingTalk pushes, and answers when everything that follows from it has happened. */
  async receive(update: Pushed): Promise<Received> {
    const answer = await this.takesIn(update);
    await this.untilIdle();
    return { effects: this.#wanted.get(update.id), answer };
  }

  /**
   * As `receive`, but waits for nothing: a message or event is recorded then, a tap answered; `arrives`: on the phone, too, once
   * what happens `meanwhile` is over.
   */
  async takesIn(
    update: Pushed,
    { arrives = true, leaves = arrives, meanwhile }: OnTheWay = {},
  ): Promise<TapAnswer | undefined> {
    const { recorder, cannotSave, taps } = this.#parts;
    switch (update.kind) {
      case 'message': {
        const reply = async (text: string): Promise<void> => void this.replies.push(text);
        try {
          await recorder.message(update, reply);
        } catch {
          await cannotSave.inChat(update, reply);
        }
        return undefined;
      }
      case 'event':
        await recorder.event(update);
        return undefined;
      case 'tap': {
        const begun = performance.now();
        const answer = await (this.#trips?.of(update.params.action, () => taps(update)) ?? taps(update));
        if (performance.now() - begun >= WORKING_MS) this.#lateAnswers += 1;
        const { params, changes, privateParams, left } = answer;
        await meanwhile?.();
        const on = { params: params ?? changes, for: update.userId, only: privateParams };
        if (arrives) this.platform.answer(update.outTrackId, on);
        left?.(leaves);
        return answer;
      }
    }
  }

  /** From now on DingTalk's clock is so far ahead of this machine's, and enough was pushed to know it. */
  dingTalkIsAhead(ms: number): void {
    this.#aheadMs = ms;
    for (const _ of [1, 2, 3]) this.dingTalkTime.heard(this.#stamp());
  }

  /** The clock of this machine is set, as NTP does it; DingTalk's goes on as it was. */
  clockIsSet(ms: number): void {
    this.clock.isSet(ms);
    this.#aheadMs -= ms;
  }

  #stamp(): number {
    return this.clock.now() + this.#aheadMs;
  }

  /** A message that this person writes, as DingTalk would push it. */
  message(from: string, content: Partial<MessageContent>, group?: string): MessageUpdate {
    const conversation: Conversation =
      group === undefined ? { kind: 'direct', id: `chat-${from}` } : { kind: 'group', id: group, title: group };
    const at = this.#stamp();
    return {
      kind: 'message',
      id: this.#name('msg'),
      at,
      from: { userId: from, nick: from },
      conversation,
      content: { pictures: [], ...content },
    };
  }

  /** An event of DingTalk that names these people. */
  event(type: OrganisationEvent['type'], userIds: readonly string[]): OrganisationEvent {
    return { kind: 'event', id: this.#name('event'), type, at: this.clock.now(), userIds };
  }

  /** Something that the product found out, recorded in this lane; answers when everything that follows from it has happened. */
  async finds(
    finding: Finding,
    lane: string,
    at = this.clock.now(),
  ): Promise<{ readonly id: string; readonly effects: Effects | undefined }> {
    const event: EventUpdate = { ...finding, kind: 'event', id: this.#name('event'), at };
    await recordUpdate(event, lane, this.clock.now());
    this.#parts.wakeLane(lane);
    await this.untilIdle();
    return { id: event.id, effects: this.#wanted.get(event.id) };
  }

  /** A tap with these parameters, read as DingTalk's frame is. */
  tap(outTrackId: string, { userId, actionId, params }: NewTap): TapUpdate {
    const content = JSON.stringify({ cardPrivateData: { actionIds: [actionId], params } });
    const data = JSON.stringify({ type: 'actionCallback', outTrackId, userId, content });
    return parseTap(data, { messageId: this.#name('tap'), at: this.#stamp() });
  }

  person(userId: string): Person {
    return new Person(userId, this);
  }

  /** Somebody who works for the demo's ISO, named as they are called. */
  async hires(userId: string, change: PersonChange = {}): Promise<Person> {
    const isoId = (await findIsoByEmail(DEMO_ISO))?.isoId;
    const name = `${userId[0]?.toUpperCase()}${userId.slice(1)}`;
    await inTransaction(async (tx) => {
      await meetPerson(userId, name, tx);
      await changePerson(userId, { state: 'ACTIVE', isoId, language: 'en', ...change }, tx);
    });
    return this.person(userId);
  }

  /** What a person's phone can do, done here: the control API of the scenarios. */
  readonly sandbox: PersonWorld['sandbox'] = {
    say: (from, text, to) => this.#says(from, { text }, text, to),
    sendPictures: (from, pictures, { text, to } = {}) => {
      const codes = pictures.map((bytes) => this.#keepFile(bytes));
      const content = { text, pictures: codes.map((downloadCode) => ({ downloadCode })) };
      return this.#says(from, content, `[${pictures.length} pictures]`, to);
    },
    sendFile: (from, bytes, fileName) =>
      this.#says(from, { file: { downloadCode: this.#keepFile(bytes), fileName } }, `[file ${fileName}]`),
    tap: async (outTrackId, tap) => shown(await this.takesIn(this.tap(outTrackId, tap))),
    conversation: async (id, viewer, after = 0) => this.#chats.read(id, viewer, after),
  };

  async untilIdle(): Promise<void> {
    const { clock, inFlight } = this;
    const { left } = this.#parts;
    let rest = await untilNothingElseRuns({ clock, inFlight, left });
    for (let waits = 1; waits < MOST_WAITS && rest.runs.length > 0; waits += 1)
      rest = await untilNothingElseRuns({ clock, inFlight, left });
    const { runs, mayWait } = rest;
    if (runs.length > 0) throw new Error(`Still running after ${MOST_WAITS} × 20 s: ${runs.join(', ')}`);
    if (mayWait && (await left()).length > 0) await this.advance(BURST_MS);
  }

  /** The calendar moves on, and what becomes due meanwhile happens. */
  async advance(ms: number): Promise<void> {
    const { clock, inFlight } = this;
    const { left, daily } = this.#parts;
    await moveClock(clock.now() + ms, { clock, jobs: daily.jobs, left, inFlight });
  }

  /** The store is new: no job has anything to do for a time before now. */
  nothingBefore(): void {
    this.#parts.daily.jobs.nothingBefore();
  }

  /** What the health page says of the configuration, a line a call. */
  faults(): readonly string[] {
    return this.#parts.faults();
  }

  /** Where kept photos lie. */
  get photos(): PhotoStore {
    return this.#parts.photos;
  }

  /** Learns what waits for whom, as at the start. */
  look(): Promise<void> {
    return this.#parts.look();
  }

  /** Takes up what lies in the store, as every few seconds. */
  async sweep(): Promise<void> {
    await this.#parts.sweep();
    await this.untilIdle();
  }

  async close(): Promise<void> {
    await this.#parts.close();
    this.#trips?.close();
  }

  async #handle(ctx: Context, handle: () => Promise<void>): Promise<void> {
    this.#wanted.delete(ctx.update.id);
    await this.#around(ctx, handle);
    this.#wanted.set(ctx.update.id, ctx.effects);
  }

  async #says(
    from: string,
    content: Partial<MessageContent>,
    written: string,
    to?: string,
  ): Promise<{ msgId: string }> {
    const message = this.message(from, content, to);
    this.#chats.said(to ?? from, from, written);
    await this.takesIn(message);
    return { msgId: message.id };
  }

  #keepFile(bytes: Uint8Array): string {
    const downloadCode = this.#name('file');
    this.platform.keepFile(downloadCode, bytes);
    return downloadCode;
  }

  #name(what: string): string {
    this.#updates += 1;
    return `${what}-${String(this.#updates).padStart(4, '0')}`;
  }
}

function shown(answer: TapAnswer | undefined): Shown {
  const { params, privateParams } = answer ?? {};
  return { applied: true, latencyMs: 0, response: { params, privateParams } };
}
