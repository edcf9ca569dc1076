import type { Person } from '../world/person.ts';

/** Somebody with a phone at the public page, in a browser without script. */
export interface PageVisitor {
  /** Opens the form, fills it in and sends it; answers the address of its status page. */
  sends(address: string, answers: Readonly<Record<string, string>>): Promise<string>;
  /** The words of a page. */
  reads(address: string): Promise<string>;
}

export function visitorOf(botUrl: string, from = '203.0.113.7'): PageVisitor {
  let cookie = '';
  const ask = async (address: string, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(address, botUrl);
    const headers = { cookie, 'x-forwarded-for': from, 'accept-language': 'en' };
    const answer = await fetch(url, { redirect: 'manual', headers, ...init });
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    return answer;
  };
  return {
    async sends(address, answers) {
      const ticket = /name="ticket" value="([^"]+)"/.exec(await (await ask(address)).text())?.[1] ?? '';
      const sent = await ask(address, { method: 'POST', body: new URLSearchParams({ ...answers, ticket }) });
      if (sent.status !== 303) throw new Error(`the form was not taken: ${sent.status}\n${await sent.text()}`);
      return sent.headers.get('location') ?? '';
    },
    reads: async (address) => (await ask(address)).text(),
  };
}

/** Where the QR code on an admin's poster card leads. */
export async function joinAddress(admin: Person): Promise<string> {
  const { text } = await admin.card(/\/poster\//);
  const [, token = ''] = /\/poster\/(\w+)/.exec(text) ?? [];
  return `/join/${token}`;
}
