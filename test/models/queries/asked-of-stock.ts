import { codesNotOf, hasStock } from '../../../models/code-stock.ts';
import {
  batchesLeft,
  bookedOver,
  codesWith,
  countBookedOver,
  countCodesWith,
  countPutUp,
  countStock,
  isAllotting,
  nextOfBatch,
  paceOf,
  serialsBetween,
  stockOf,
} from '../../../models/stock-lists.ts';
import { type AskedBy, ISO, LONG_AGO, NOW, PAGE, PERSON } from './asker.ts';

const OF_STOCK = { isoId: ISO, product: 'QR' };

export const ASKED_OF_STOCK: AskedBy = {
  codesNotOf: (tx) => codesNotOf('iso7', ['codestock1'], tx),
  hasStock: () => hasStock(ISO),
  batchesLeft: () => batchesLeft(OF_STOCK),
  nextOfBatch: () => nextOfBatch({ ...OF_STOCK, batchId: 'batch3' }, 20),
  serialsBetween: () => serialsBetween(OF_STOCK, { from: 'serial1', to: 'serial2' }, 20),
  'countStock: of a product': () => countStock(OF_STOCK, 'IN_STOCK'),
  'countStock: of a batch': () => countStock({ ...OF_STOCK, batchId: 'batch3' }, 'IN_STOCK'),
  countPutUp: () => countPutUp(OF_STOCK, LONG_AGO),
  paceOf: () => paceOf(OF_STOCK, { now: NOW, days: 30 }),
  isAllotting: () => isAllotting(ISO),
  codesWith: () => codesWith({ holderId: PERSON, isoId: ISO }, 20),
  'countCodesWith: all': () => countCodesWith(PERSON, ISO),
  'countCodesWith: of a product': () => countCodesWith(PERSON, ISO, 'QR'),
  bookedOver: () => bookedOver(ISO, PAGE),
  countBookedOver: () => countBookedOver(ISO),
  stockOf: () => stockOf(ISO, PAGE),
};
