/** How much each part does. */
export interface Extent {
  /** Starts of each bot. */
  readonly starts: number;
  /** Spots of each promotion whose pushes and calls are counted. */
  readonly spots: number;
  /** Times that one photo is judged, how many of each kind at most, and of how many hard close-ups one is read. */
  readonly photos: { readonly times: number; readonly ofEach: number; readonly oneOf: number };
  /** Earlier photos that new ones are compared with, how many new ones, and how many are stored where one is looked up. */
  readonly alike: { readonly earlier: number; readonly fresh: number; readonly stored: number };
  /** How many of the worst pictures come at once, and whether they are as large as passes. */
  readonly worst: { readonly pictures: number; readonly large: boolean };
  /** How many pictures of one person come before another's. */
  readonly queue: number;
  /** What one person sends at once, and for how long another taps before that. */
  readonly flood: { readonly messages: number; readonly pictures: number; readonly seconds: number };
  readonly taps: { readonly perSecond: number; readonly seconds: number; readonly people: number };
  /** How many tap at once, level after level, for how long each, and within what nearly all must be answered. */
  readonly saturation: { readonly parallel: readonly number[]; readonly seconds: number; readonly withinMs: number };
  /** For how long nobody does anything, seconds. */
  readonly idle: number;
  /** Who is at work for how long, and how much comes of them a second. */
  readonly memory: { readonly people: number; readonly seconds: number; readonly perSecond: number };
  /** Rows of the two files that land: their memory is compared. */
  readonly rows: { readonly few: number; readonly many: number };
  /** How many items an office has, from few to many, and in how many turns each query is asked. */
  readonly growth: { readonly items: readonly number[]; readonly times: number };
  /** Seconds for each kind of work on the store alone. */
  readonly store: number;
}

/** Enough to measure by. */
export const FULL: Extent = {
  starts: 5,
  spots: 3,
  photos: { times: 9, ofEach: 3, oneOf: 1 },
  alike: { earlier: 10_000, fresh: 300, stored: 100_000 },
  worst: { pictures: 20, large: true },
  queue: 300,
  flood: { messages: 2_000, pictures: 300, seconds: 10 },
  taps: { perSecond: 50, seconds: 60, people: 200 },
  saturation: { parallel: [4, 12, 24, 40], seconds: 10, withinMs: 500 },
  idle: 60,
  memory: { people: 400, seconds: 3_600, perSecond: 10 },
  rows: { few: 10_000, many: 100_000 },
  growth: { items: [100, 10_000, 100_000], times: 9 },
  store: 5,
};

/** Just enough to see that every figure still comes out. */
export const SMOKE: Extent = {
  starts: 1,
  spots: 1,
  photos: { times: 1, ofEach: 1, oneOf: 64 },
  alike: { earlier: 60, fresh: 6, stored: 2_000 },
  worst: { pictures: 4, large: false },
  queue: 3,
  flood: { messages: 20, pictures: 2, seconds: 1 },
  taps: { perSecond: 10, seconds: 2, people: 5 },
  saturation: { parallel: [2, 4], seconds: 0.4, withinMs: Infinity },
  idle: 1,
  memory: { people: 2, seconds: 1, perSecond: 5 },
  rows: { few: 500, many: 2_000 },
  growth: { items: [100, 1_000], times: 1 },
  store: 0.2,
};
