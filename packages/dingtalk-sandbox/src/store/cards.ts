import type { Database } from './database.ts';

export type ParamMap = Readonly<Record<string, string>>;

export interface CardDelivery {
  readonly spaceType: 'IM_ROBOT' | 'IM_GROUP' | 'ONE_BOX';
  readonly spaceId: string;
  readonly success: boolean;
  readonly carrierId: string;
  readonly errorMsg: string;
}

/** One card instance: what everybody sees, what each person sees over it, and where it stands. */
export interface SandboxCard {
  readonly outTrackId: string;
  readonly clientId: string;
  readonly templateId: string;
  readonly publicData: ParamMap;
  readonly privateData: Readonly<Record<string, ParamMap>>;
  /** Canonical JSON of what it was created with: tells a repeated call from a clash. */
  readonly createdWith: string;
  readonly stream: boolean;
  readonly userIdType: 1 | 2;
  readonly spaces: readonly CardDelivery['spaceType'][];
  readonly deliveries: readonly CardDelivery[];
}

interface CardRow {
  outTrackId: string;
  clientId: string;
  templateId: string;
  publicData: string;
  privateData: string;
  createdWith: string;
  stream: number;
  userIdType: number;
  spaces: string;
  deliveries: string;
}

export interface CardPatch {
  readonly publicData?: ParamMap | undefined;
  readonly privateData?: Readonly<Record<string, ParamMap>> | undefined;
  readonly publicByKey: boolean;
  readonly privateByKey: boolean;
}

export class Cards {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  find(outTrackId: string): SandboxCard | undefined {
    const row = this.#db.one<CardRow>('SELECT * FROM cards WHERE outTrackId = ?', outTrackId);
    return (
      row && {
        outTrackId: row.outTrackId,
        clientId: row.clientId,
        templateId: row.templateId,
        createdWith: row.createdWith,
        stream: row.stream === 1,
        userIdType: row.userIdType === 2 ? 2 : 1,
        publicData: JSON.parse(row.publicData) as ParamMap,
        privateData: JSON.parse(row.privateData) as Record<string, ParamMap>,
        spaces: JSON.parse(row.spaces) as CardDelivery['spaceType'][],
        deliveries: JSON.parse(row.deliveries) as CardDelivery[],
      }
    );
  }

  save(card: SandboxCard): void {
    this.#db.run(
      `INSERT OR REPLACE INTO cards (outTrackId, clientId, templateId, publicData, privateData, createdWith, stream,
       userIdType, spaces, deliveries) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      card.outTrackId,
      card.clientId,
      card.templateId,
      JSON.stringify(card.publicData),
      JSON.stringify(card.privateData),
      card.createdWith,
      card.stream ? 1 : 0,
      card.userIdType,
      JSON.stringify(card.spaces),
      JSON.stringify(card.deliveries),
    );
  }

  /** Whether some card leads there, as an address of its own or inside one of DingTalk's client. */
  leadTo(origin: string): boolean {
    const holds =
      '(instr(publicData, ?1) > 0 OR instr(privateData, ?1) > 0 OR instr(publicData, ?2) > 0 OR instr(privateData, ?2) > 0)';
    const [plain, encoded] = [`${origin}/`, encodeURIComponent(`${origin}/`)];
    return this.#db.one(`SELECT 1 FROM cards WHERE ${holds} LIMIT 1`, plain, encoded) !== undefined;
  }

  /** The id of the call that wrote on a card's streaming variable last. */
  streamedLast(outTrackId: string): string | undefined {
    return this.#db.one<{ guid: string }>('SELECT guid FROM streamed WHERE outTrackId = ?', outTrackId)?.guid;
  }

  streamed(outTrackId: string, guid: string): void {
    this.#db.run('INSERT OR REPLACE INTO streamed (outTrackId, guid) VALUES (?, ?)', outTrackId, guid);
  }
}

/** A card after an update: by key merges, else what is given replaces everything of that part (dingtalk 3.2). */
export function patched(card: SandboxCard, patch: CardPatch): SandboxCard {
  const privateData = { ...card.privateData };
  for (const [userId, map] of Object.entries(patch.privateData ?? {})) {
    privateData[userId] = patch.privateByKey ? { ...privateData[userId], ...map } : map;
  }
  const publicData =
    patch.publicData === undefined
      ? card.publicData
      : patch.publicByKey
        ? { ...card.publicData, ...patch.publicData }
        : patch.publicData;
  return { ...card, publicData, privateData };
}

/** Who a card is for: the person it was delivered to, or nobody in particular. */
export function viewerOf(card: SandboxCard): string | undefined {
  return card.deliveries.find((delivery) => delivery.spaceType === 'IM_ROBOT')?.spaceId;
}
