import { createCipheriv, createECDH, createHash, hkdfSync, randomBytes } from 'node:crypto';
import {
  type CaptureAsk,
  type CaptureForm,
  type CaptureHeader,
  type CaptureProgress,
  type CaptureState,
  IV_BYTES,
  SEAL_INFO,
} from '../../src/web/capture/client/protocol.ts';
import type { World } from './world/world.ts';

/** What is sealed, under its name. */
export interface Sealed {
  readonly hash: string;
  readonly bytes: Buffer;
  readonly ticket: string;
  readonly keyId: string;
  /** Others of the same work follow it; nobody looks at the page. */
  readonly more?: true | undefined;
  readonly unseen?: true | undefined;
}

export interface Answered<Body = Partial<CaptureProgress & { outcome: string; text: string }>> {
  readonly status: number;
  readonly body: Body;
}

/** A phone with the page *Scan and photograph* open, without its looks: it signs in, seals what is taken, and sends it in pieces. */
export class CapturePhone {
  readonly #url: string;
  readonly #code: () => Promise<string>;
  /** How far the phone's clock is ahead. */
  aheadMs = 0;
  #now: () => number;
  #cookie = '';

  constructor(url: string, code: () => Promise<string>, now: () => number = () => Date.now()) {
    this.#url = url;
    this.#code = code;
    this.#now = now;
  }

  async opens(): Promise<CaptureState> {
    const page = await (await this.asks('/go/scan?corpId=demo-corp')).text();
    const nonce = /data-nonce="([^"]+)"/.exec(page)?.[1] ?? '';
    const signedIn = await this.asks('/go/scan/sign-in', json({ nonce, code: await this.#code() }));
    this.#cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
    return await this.state();
  }

  /** What names it in the bot's cookie, once the page was opened. */
  get session(): string {
    return this.#cookie.slice(this.#cookie.indexOf('=') + 1);
  }

  async state(): Promise<CaptureState> {
    const answer = await this.asks('/go/scan/state');
    if (answer.status !== 200) throw new Error(`the page reads ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as CaptureState;
  }

  async asks(path: string, init: RequestInit = {}): Promise<Response> {
    return await fetch(`${this.#url}${path}`, { ...init, headers: { ...init.headers, cookie: this.#cookie } });
  }

  /** By the phone's clock. */
  now(): number {
    return this.#now() + this.aheadMs;
  }

  seals(
    state: CaptureState,
    header: Partial<CaptureHeader> & { slot: string },
    photo: Buffer = Buffer.alloc(0),
  ): Sealed {
    const whole = { kind: photo.length > 0 ? 'photo' : 'code', takenAt: this.now(), ...header };
    return { ...sealedAs(state.seal.publicKey, whole, photo), ticket: state.ticket, keyId: state.seal.keyId };
  }

  async begins({ hash, bytes, ...said }: Sealed): Promise<Answered> {
    const upload = { ...said, hash, size: bytes.length, phoneNow: this.now() };
    return await read(await this.asks('/go/scan/uploads', json(upload)));
  }

  async piece({ hash, bytes }: Sealed, from: number, length = 60_000): Promise<Answered> {
    const body = new Uint8Array(bytes.subarray(from, from + length));
    const headers = { 'content-type': 'application/octet-stream' };
    return await read(await this.asks(`/go/scan/uploads/${hash}?from=${from}`, { method: 'PUT', headers, body }));
  }

  /** Begins it, or goes on with it, to its end; answers what the last word was. */
  async sends(sealed: Sealed): Promise<Answered> {
    let last = await this.begins(sealed);
    while (last.status === 200 && last.body.done !== true) last = await this.piece(sealed, last.body.have ?? 0);
    return last;
  }

  /** Takes a photo for what is asked for first under this title, and sends it. */
  async takes(state: CaptureState, asked: CaptureAsk, photo: Buffer): Promise<Answered> {
    return await this.sends(this.seals(state, { slot: asked.slot }, photo));
  }

  /** Fills in a form of the page, and sends it. */
  async fills(state: CaptureState, form: CaptureForm, values: CaptureHeader['values']): Promise<Answered> {
    return await this.sends(this.seals(state, { kind: 'form', slot: form.slot, values }));
  }

  /** The page is out of sight. */
  async leaves({ ticket }: CaptureState): Promise<number> {
    return (await this.asks('/go/scan/left', json({ ticket }))).status;
  }

  async scans(state: CaptureState, asked: CaptureAsk, code: string): Promise<Answered> {
    return await this.sends(this.seals(state, { slot: asked.slot, code }));
  }
}

/** The phone of one of the demo's people. */
export function capturePhoneOf(world: Pick<World, 'botUrl' | 'sandbox'>, userId: string): CapturePhone {
  const code = async (): Promise<string> => {
    const asked = { corpId: 'demo-corp' };
    return (await world.sandbox.post<{ code: string }>(`/users/${userId}/auth-codes`, asked)).code;
  };
  return new CapturePhone(world.botUrl, code);
}

/** What was taken, as a page seals it, and the name of its upload. */
export function sealedAs(publicKey: string, header: object, photo: Buffer): Pick<Sealed, 'hash' | 'bytes'> {
  const bytes = sealFor(publicKey, plainOf(JSON.stringify(header), photo));
  return { hash: hashOf(bytes), bytes };
}

export function sealFor(publicKey: string, plain: Buffer): Buffer {
  const pair = createECDH('prime256v1');
  const own = pair.generateKeys();
  const secret = pair.computeSecret(Buffer.from(publicKey, 'base64url'));
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(hkdfSync('sha256', secret, own, SEAL_INFO, 32)), iv);
  return Buffer.concat([own, iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function plainOf(header: string, photo: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(Buffer.byteLength(header));
  return Buffer.concat([length, Buffer.from(header), photo]);
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function json(body: object): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

async function read(answer: Response): Promise<Answered> {
  return { status: answer.status, body: (await answer.json()) as Answered['body'] };
}
