import { MovableClock } from '@field/kit/clock';
import { systemIds } from '@field/kit/ids';
import { addIso } from '../../models/isos.ts';
import { inTransaction } from '../../models/transaction.ts';
import { joinRoutes } from '../../src/web/join/routes.ts';
import { newMetrics } from '../../src/web/metrics.ts';
import { fontRoutes } from '../../src/web/pages/fonts.ts';
import { startWeb } from '../../src/web/server.ts';

export const ISO_EMAIL = 'lotus@iso.example';
export const JOIN_TOKEN = 'token-of-lotus';

export interface Visitor {
  /** An answer, its page read; redirects are not followed. */
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  /** Opens the form at `path`, fills it in and sends it. */
  sends(path: string, values: Readonly<Record<string, string>>, more?: { keepTicket?: string }): Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  readonly page: string;
  readonly headers: Headers;
}

/** Its machine time stands still, so that no window of visits ends during a test. */
class StillClock extends MovableClock {
  readonly #machine = Date.now();

  override machine(): number {
    return this.#machine;
  }
}

/** The bot's web with the association page, and an ISO; the models must be connected. */
export async function openJoinPages(address = 'http://127.0.0.1:1') {
  const clock = new StillClock();
  const recorded: string[] = [];
  const web = await startWeb({
    port: 0,
    host: '127.0.0.1',
    metrics: newMetrics(),
    health: {},
    onError: (error) => {
      throw error;
    },
    pages: [joinRoutes({ clock, ids: systemIds, address, recorded: (lane) => recorded.push(lane) }), fontRoutes()],
  });
  const base = `http://127.0.0.1:${web.port}`;

  /** A browser of its own, at an address of its own. */
  function visitor(from: string): Visitor {
    let cookie = '';
    const ask = async (path: string, init: RequestInit): Promise<Answer> => {
      const headers = { 'x-forwarded-for': from, cookie, ...(init.headers as Record<string, string>) };
      const answer = await fetch(`${base}${path}`, { redirect: 'manual', ...init, headers });
      cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie;
      return { status: answer.status, page: await answer.text(), headers: answer.headers };
    };
    return {
      get: (path, headers = {}) => ask(path, { headers }),
      async sends(path, values, { keepTicket } = {}) {
        const ticket = keepTicket ?? ticketIn((await ask(path, {})).page);
        return await ask(path, { method: 'POST', body: new URLSearchParams({ ...values, ticket }) });
      },
    };
  }
  return { base, clock, recorded, visitor, close: () => web.close() };
}

export async function setUpIso(
  more: { isoId?: string; email?: string; joinToken?: string; name?: string } = {},
): Promise<void> {
  const { isoId = 'lotus', email = ISO_EMAIL, joinToken = JOIN_TOKEN, name = 'Lotus <Partners>' } = more;
  const place = { country: 'TH', timeZone: 'Asia/Bangkok', language: 'th' };
  await inTransaction((tx) => addIso({ isoId, email, joinToken, name, ...place }, tx));
}

export function ticketIn(page: string): string {
  return /name="ticket" value="([^"]+)"/.exec(page)?.[1] ?? '';
}
