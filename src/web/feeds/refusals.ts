/** An answer to a request that changed nothing. */
export interface Refusal {
  readonly status: number;
  readonly error: string;
  readonly message: string;
  /** When it may work, seconds. */
  readonly retryAfterS?: number | undefined;
}

/** Every way in which an upload is not taken (daily-data: HTTPS upload). */
export const REFUSALS = {
  unproved: {
    status: 401,
    error: 'feed.unproved',
    message: 'The signature, its time or the name of its key is not right.',
  },
  noName: {
    status: 400,
    error: 'feed.noName',
    message:
      'That is no name of a daily file: <kind>_<YYYYMMDD>[_<number>].csv or .csv.gz, where <kind> is stock, inspection-tasks, review or settlement.',
  },
  notItsHash: {
    status: 400,
    error: 'feed.notItsHash',
    message: 'What came is not what X-Feed-SHA256 says. Nothing of it was kept: send it again.',
  },
  notItsSize: {
    status: 400,
    error: 'feed.notItsSize',
    message: 'It has more or fewer bytes than it says. Nothing of it was kept: send it again.',
  },
  cut: {
    status: 400,
    error: 'feed.cut',
    message: 'It did not come to its end. Nothing of it was kept: send it again.',
  },
  noResult: { status: 404, error: 'feed.noResult', message: 'No file of this name has been landed or refused yet.' },
  tooSlow: {
    status: 408,
    error: 'feed.tooSlow',
    message: 'Nothing more came for 30 seconds. Nothing of it was kept: send it again.',
  },
  otherWaits: {
    status: 409,
    error: 'feed.otherWaits',
    message: 'Another content waits under this name. Send this one when that has landed, or under another number.',
    retryAfterS: 60,
  },
  busy: {
    status: 409,
    error: 'feed.busy',
    message: 'A file of this name is coming in now. Send it again when that has ended.',
    retryAfterS: 30,
  },
  replayed: {
    status: 409,
    error: 'feed.replayed',
    message:
      'This very request was taken before, and the file has been taken away since. Sign it anew to send it again.',
  },
  tooLarge: { status: 413, error: 'feed.tooLarge', message: 'A file has up to 512 MB. Part it into several numbers.' },
  failing: {
    status: 503,
    error: 'feed.failing',
    message: 'It cannot be kept now. Nothing of it was: send it again later.',
    retryAfterS: 60,
  },
  full: {
    status: 507,
    error: 'feed.full',
    message: 'There is no room to keep it now. Nothing of it was kept: send it again later.',
    retryAfterS: 600,
  },
} as const satisfies Record<string, Refusal>;
