import { systemIds } from '@field/kit/ids';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { forgetEverything } from '../../models/database.ts';
import { markApplied, nextRecorded } from '../../models/inbox.ts';
import { changePerson, meetPerson, type PersonChange } from '../../models/people.ts';
import { inTransaction } from '../../models/transaction.ts';
import { captureRoutes, type EndedWork } from '../../src/web/capture/routes.ts';
import { createSignIn } from '../../src/web/entries/sign-in.ts';
import { newMetrics } from '../../src/web/metrics.ts';
import { fontRoutes } from '../../src/web/pages/fonts.ts';
import { startWeb, type Web } from '../../src/web/server.ts';
import { useModels } from '../models/store.ts';
import { CapturePhone } from '../support/capture-phone.ts';
import { MovableMachine } from './movable-machine.ts';

export const HOUR_MS = 3_600_000;
/** The one thing that the page asks for. */
export const SLOT = 'store//front';
/** Of the page as DingTalk opens it, and of no other. */
export const SIGNATURE = { agentId: '42', corpId: 'demo-corp', timeStamp: '1', nonceStr: 'n', signature: 's' };

/** What was recorded of something that was taken. */
interface Taken {
  readonly at: number;
  readonly facts: Record<string, unknown>;
}

/** The web of a bot whose page asks Nok and Lek for one photo, on a store of its own; both are at work before each test. */
export class CaptureWeb {
  readonly clock = new MovableMachine();
  /** Whom something was recorded for. */
  readonly recorded: string[] = [];
  /** What DingTalk gives out, by whom it stands for; each is good once. */
  readonly codes = new Map<string, string>();
  /** From now on the work of every ticket has ended so. */
  ended: EndedWork;
  #web: Web | undefined;
  #nth = 0;

  get address(): string {
    return `http://127.0.0.1:${this.#web?.port}`;
  }

  async start(): Promise<void> {
    const { clock, codes } = this;
    const address = 'https://field.example';
    const platform = {
      async userByCode(code: string) {
        const userId = codes.get(code);
        codes.delete(code);
        return userId;
      },
    };
    const pages = captureRoutes({
      clock,
      dingTalkNow: () => clock.now(),
      clientId: 'app-1',
      address,
      signIn: createSignIn({ clock, ids: systemIds, clientId: 'app-1', address, platform }),
      files: { script: 'scan/files/main.js', wasm: 'scan/files/reader.wasm' },
      workOf: async ({ userId }) => ({
        work: { kind: 'draft', id: `draft of ${userId}` },
        shop: 'Baan Coffee',
        forms: [],
        asks: [
          {
            slot: SLOT,
            place: 'Baan Coffee',
            title: 'Front',
            hint: '',
            takes: 'photo',
            most: 1,
            have: 0,
            checking: 0,
          },
        ],
      }),
      endedOf: async () => this.ended,
      wishes: async () => ({ location: 'no', gallery: false }),
      signed: async (search) => (search === '?corpId=demo-corp' ? SIGNATURE : undefined),
      recorded: (lane) => this.recorded.push(lane),
    });
    this.#web = await startWeb({
      port: 0,
      host: '127.0.0.1',
      metrics: newMetrics(),
      health: {},
      onError: () => undefined,
      pages: [pages, fontRoutes()],
    });
  }

  async close(): Promise<void> {
    await this.#web?.close();
  }

  async beginsAfresh(): Promise<void> {
    await forgetEverything();
    this.recorded.length = 0;
    this.ended = undefined;
    await this.meet('nok');
    await this.meet('lek');
  }

  async meet(userId: string, change: PersonChange = { state: 'ACTIVE', isoId: 'lotus' }): Promise<void> {
    await inTransaction(async (tx) => {
      await meetPerson(userId, userId, tx);
      await changePerson(userId, change, tx);
    });
  }

  /** Time goes by, for whoever lives by it and for the machine. */
  later(ms: number): void {
    this.clock.go(ms);
    this.clock.moveTo(this.clock.now() + ms);
  }

  phoneOf(userId: string): CapturePhone {
    const code = async (): Promise<string> => {
      this.#nth += 1;
      this.codes.set(`code${this.#nth}`, userId);
      return `code${this.#nth}`;
    };
    return new CapturePhone(this.address, code, () => this.clock.now());
  }

  /** What was recorded for somebody, each once. */
  async taken(userId: string): Promise<readonly Taken[]> {
    const found: Taken[] = [];
    await inTransaction(async (tx) => {
      for (let next = await nextRecorded(userId, tx); next !== undefined; next = await nextRecorded(userId, tx)) {
        if (next.update?.kind === 'event' && next.update.type === 'capture.taken')
          found.push({ at: next.update.at, facts: next.update.facts });
        await markApplied(next.id, tx);
      }
    });
    return found;
  }
}

/** One for the tests of a file. */
export function useCaptureWeb(): CaptureWeb {
  useModels(undefined);
  const web = new CaptureWeb();
  beforeAll(() => web.start());
  afterAll(() => web.close());
  beforeEach(() => web.beginsAfresh());
  return web;
}
