import type { ListName } from '../domain/list-names.ts';
import { DIGESTS } from './digests.ts';
import { FEES } from './fees.ts';
import { PEOPLE } from './people.ts';
import { FAILURES, PROMOTIONS } from './promotions.ts';
import { STOCK } from './stock.ts';
import { type Asked, type ExportList, type Reader, type Table, tableOf } from './table.ts';
import { TASKS } from './tasks.ts';

type Made = (asked: Asked & { readonly personal: boolean }, reader: Reader) => Table;

/** Makes a list ready for a reader; nothing is read before its rows are. */
export const LISTS: Readonly<Record<ListName, Made>> = {
  promotions: made(PROMOTIONS),
  failures: made(FAILURES),
  tasks: made(TASKS),
  people: made(PEOPLE),
  fees: made(FEES),
  digests: made(DIGESTS),
  stock: made(STOCK),
};

function made<Row>(list: ExportList<Row>): Made {
  return (asked, reader) => tableOf(list, asked, reader);
}
