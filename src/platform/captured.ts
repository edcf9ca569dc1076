/** With what the page beside the chat seals what is taken, and the bot opens it (`CaptureSeal`). */
export const SEAL_INFO = 'field scan 1';
export const RAW_KEY_BYTES = 65;
export const IV_BYTES = 12;
export const TAG_BYTES = 16;

export type CaptureKind = 'photo' | 'code' | 'form';

/** What stands before the photo in what is sealed, so that none of it can be read on the phone. */
export interface CaptureHeader {
  readonly kind: CaptureKind;
  readonly slot: string;
  /** The phone's clock, milliseconds. */
  readonly takenAt: number;
  /** What was scanned or typed; for `code`, which has no photo. */
  readonly code?: string | undefined;
  /** The code was typed. */
  readonly typed?: true | undefined;
  /** What was filled in and was not drawn so, by the names of its fields; for `form`, whose `slot` names it. */
  readonly values?: Readonly<Record<string, string | readonly string[]>> | undefined;
  /** For `photo`, where the programme asks for it. */
  readonly place?: CapturePlace | undefined;
}

/** Where the phone was. It is compared with the other photos of its work, and forgotten with that. */
export interface CapturePlace {
  readonly latitude: number;
  readonly longitude: number;
  readonly accuracyM: number;
  /** The client says that the place is made up. */
  readonly mocked?: boolean | undefined;
}
