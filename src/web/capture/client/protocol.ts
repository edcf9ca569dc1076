/**
 * What the page of `Scan and photograph` and the bot say to one another, below `/go/scan`. Every answer with an outcome has a `text`
 * where there is something for the person to read, in their language.
 */

export type { CaptureHeader, CapturePlace } from '../../../platform/captured.ts';
export { IV_BYTES, SEAL_INFO } from '../../../platform/captured.ts';

/** One place that still wants something, or has it and may have more of it. */
export interface CaptureAsk {
  /** Which place of which spot of which work; opaque. Goes back with what is taken for it. */
  readonly slot: string;
  /** The spot, or the part of the shop, under which it is shown; asks of one place stand together. */
  readonly place: string;
  readonly title: string;
  readonly hint: string;
  /** The address of a picture that shows what is wanted. */
  readonly example?: string | undefined;
  readonly takes: 'photo' | 'code' | 'both';
  /** How many photos it wants, how many it has, and how many of those that came are still being looked at. */
  readonly most: number;
  readonly have: number;
  readonly checking: number;
  /** What is wrong with what came last: not taken, too dark … */
  readonly says?: string | undefined;
}

/** A form that can be filled in for the work. What differs from what is drawn goes back as a capture of kind `form`. */
export interface CaptureForm {
  /** Which form of which work; opaque. */
  readonly slot: string;
  readonly place: string;
  readonly title: string;
  readonly hint: string;
  /** What is wrong with what was filled in last. */
  readonly says?: string | undefined;
  readonly fields: readonly CaptureField[];
  /** It is what the chat asks now. */
  readonly isNext: boolean;
  /** Another one once something of it was answered; opaque. */
  readonly turn: string;
}

/** As on a card: `value` is text, an option's value, `true` or `false`, or several options' values. */
export interface CaptureField {
  readonly name: string;
  readonly label: string;
  readonly type: 'TEXT' | 'TEXT_AREA' | 'NUMBER' | 'SELECT' | 'MULTI_SELECT' | 'CHECKBOX' | 'DATE';
  readonly required?: boolean | undefined;
  readonly requiredMessage?: string | undefined;
  readonly placeholder?: string | undefined;
  readonly value?: string | readonly string[] | undefined;
  readonly options?: readonly { readonly value: string; readonly text: string }[] | undefined;
}

export interface CaptureWork {
  /** Opaque; another one is another work. */
  readonly ref: string;
  readonly shop: string;
  readonly asks: readonly CaptureAsk[];
  readonly forms: readonly CaptureForm[];
}

/** `GET /go/scan/state`: 200 with this, 401 or 403 with a `CaptureRefusal`. */
export interface CaptureState {
  /** The bot's time, milliseconds. */
  readonly now: number;
  /** An opaque name of the person, the same each time: whose captures wait on this phone is known by it. */
  readonly who: string;
  readonly name: string;
  readonly language: string;
  /** What is in hand and wants photos or a code; without it `says` tells what to do instead. */
  readonly work?: CaptureWork | undefined;
  /** Something that the bot has of this person is not part of this yet: worth asking again. */
  readonly entering: boolean;
  readonly says?: string | undefined;
  readonly seal: CaptureSeal;
  /** Allows adding captures to this work as this person, for some days; opaque, and goes with each of them. */
  readonly ticket: string;
  readonly limits: CaptureLimits;
  /** Whether the place is to be asked of the phone when a photo is taken. */
  readonly location: 'no' | 'ask';
  /** Whether a picture from the gallery may be chosen. */
  readonly gallery: boolean;
}

/**
 * With what the page seals. `publicKey`: a point of P-256, raw and uncompressed (65 bytes), base64url.
 *
 * What is sealed is `ephemeral (65 bytes) ‖ iv (12) ‖ AES-256-GCM(plain) with its tag (16)`; the AES key is HKDF-SHA-256 of the ECDH
 * secret of the ephemeral key pair (one a capture) and `publicKey`, `salt` the ephemeral raw public key, `info` `SEAL_INFO` in
 * UTF-8. Nothing else is authenticated. `plain` is `length of header (4 bytes, big-endian) ‖ header ‖ photo`, the header a
 * `CaptureHeader` as JSON in UTF-8.
 */
export interface CaptureSeal {
  readonly keyId: string;
  readonly publicKey: string;
}

export interface CaptureLimits {
  /** Bytes of a piece at most. */
  readonly pieceBytes: number;
  /** Bytes of what is sealed at most. */
  readonly largestBytes: number;
}

/** `POST /go/scan/sign-in`: 200 `{outcome: 'signedIn'}`, or a `CaptureRefusal`. */
export interface CaptureSignIn {
  readonly nonce: string;
  /** What DingTalk's client gave for whoever is looking; used once. */
  readonly code: string;
}

/**
 * `GET /go/scan/signature?search=<query of the page>`: 200 with what `dd.config` of DingTalk's client wants for this page, or a
 * `CaptureRefusal`, `unknown` where the bot signs none.
 */
export interface CaptureSignature {
  readonly agentId: string;
  readonly corpId: string;
  readonly timeStamp: string;
  readonly nonceStr: string;
  readonly signature: string;
}

/** `POST /go/scan/uploads`. `hash`: SHA-256 of the sealed bytes, hexadecimal: the name of the upload. */
export interface CaptureUpload {
  readonly ticket: string;
  readonly hash: string;
  readonly size: number;
  /** `seal.keyId` by which it was sealed. */
  readonly keyId: string;
  /** The phone's clock as this is sent, milliseconds. */
  readonly phoneNow: number;
  /** Others that were taken for the same work wait on this phone, and follow it. */
  readonly more?: true | undefined;
  /** Nobody looks at the page: it is behind something else, or its worker sends in its place. */
  readonly unseen?: true | undefined;
}

/** `POST /go/scan/left`: the page is out of sight, and something was sent from it; 200 with an empty object, or a `CaptureRefusal`. */
export interface CaptureLeft {
  readonly ticket: string;
}

/**
 * 200 to `POST /go/scan/uploads` and to `PUT /go/scan/uploads/<hash>?from=<offset>`, whose body is a piece as
 * `application/octet-stream`. `have`: bytes that are kept, from where to go on. Once `done` the bot has it for good, and the phone
 * forgets it; `says` is there where it could not be used.
 */
export interface CaptureProgress {
  readonly have: number;
  readonly done: boolean;
  readonly says?: string | undefined;
}

/** Any other status, 401, 403, 413, 422, 429, 503; where to wait, `Retry-After` says how long. */
export type CaptureRefusal =
  /** 401: nobody is signed in, or the ticket is none of ours or too old: kept, until somebody signs in again. */
  | { readonly outcome: 'whoAreYou'; readonly text: string }
  /** 403: not to be sent. The capture is dropped once the person has read it. */
  | { readonly outcome: 'refused'; readonly text: string }
  /** 413, 422: too big, no picture, not sealed for us: dropped with this sentence. */
  | { readonly outcome: 'dropped'; readonly text: string }
  /** 404: nothing is known of an upload of this hash: begin it by POST again. */
  | { readonly outcome: 'unknown'; readonly text: string }
  /** 429, 503 */
  | { readonly outcome: 'later'; readonly text: string };
