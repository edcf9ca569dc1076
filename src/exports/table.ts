import type { T } from '../../cards/text.ts';
import type { TextKey } from '../../cards/text-key.ts';
import type { Doing } from './close-fees.ts';

/** What is written for: whose words, and whose days and hours. */
export interface Reader {
  readonly t: T;
  /** The ISO's. */
  readonly timeZone: string;
  /** Where the photos of an item are seen; undefined where nobody could open that. */
  readonly photosAt?: ((itemRef: string) => string) | undefined;
}

/** A text, a whole number, an amount of money, a day (`YYYYMMDD`) or a moment (milliseconds). */
export type Kind = 'text' | 'whole' | 'amount' | 'day' | 'moment';

export interface Column<Row> {
  readonly heading: TextKey;
  readonly kind: Kind;
  /** In characters. */
  readonly width: number;
  readonly cell: (row: Row, reader: Reader) => string | number | undefined;
  /** Phones, contacts and registration numbers: left out unless they are asked for. */
  readonly personal?: true | undefined;
  /** An address: left out where nobody could open it. */
  readonly address?: true | undefined;
}

/** Whose list, of which time: what happened from then on, the end not included, milliseconds; and who takes it, as the audit names them. */
export interface Asked extends Pick<Doing, 'by' | 'cause'> {
  readonly isoId: string;
  readonly from: number;
  readonly to: number;
  /** The product's time, milliseconds. */
  readonly now: number;
}

/** A list that an ISO can take away: rows, page after page as they are read, and what is said of each. */
export interface ExportList<Row> {
  readonly columns: readonly Column<Row>[];
  rows(asked: Asked): AsyncIterable<readonly Row[]>;
}

/** A list made ready for a reader: its headings, and its rows as cells, one after the other. */
export interface Table {
  readonly columns: readonly { readonly heading: string; readonly kind: Kind; readonly width: number }[];
  readonly rows: AsyncIterable<readonly (string | number | undefined)[]>;
}

/** `personal`: with phones, contacts and registration numbers. */
export function tableOf<Row>(
  { columns, rows }: ExportList<Row>,
  asked: Asked & { readonly personal: boolean },
  reader: Reader,
): Table {
  const shown = columns.filter(
    ({ personal, address }) =>
      (asked.personal || personal === undefined) && (reader.photosAt !== undefined || address === undefined),
  );
  async function* cells(): AsyncGenerator<readonly (string | number | undefined)[]> {
    for await (const page of rows(asked)) for (const row of page) yield shown.map(({ cell }) => cell(row, reader));
  }
  return {
    columns: shown.map(({ heading, kind, width }) => ({ heading: reader.t(heading), kind, width })),
    rows: cells(),
  };
}
