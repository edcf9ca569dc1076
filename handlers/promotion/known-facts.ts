import { present } from '@field/kit/present';
import { findItem } from '../../models/items.ts';
import { findPerson, type Person } from '../../models/people.ts';
import type { Store } from '../../models/stores.ts';
import type { Transaction } from '../../models/transaction.ts';
import { isOneOf } from '../../src/domain/who.ts';
import type { FieldName } from '../../src/flow/definition.ts';

/**
 * What the forms said of a shop when it was promoted last, as this person may read it: what stands on its sign and door may everybody of
 * the ISO, of its people and papers only who has something to do with it.
 */
export async function knownFacts(
  store: Store,
  reader: Person,
  now: number,
  tx: Transaction,
): Promise<Partial<Record<FieldName, string>>> {
  const { nameLocal, address, city, countryRegion, acceptsOnlyAlipay } = store;
  const paysWith = acceptsOnlyAlipay ? 'ALIPAY_ONLY' : 'ALIPAY_AND_OTHERS';
  const onTheDoor = present({ nameLocal, address, city, countryRegion, paysWith });
  return (await mayReadPrivateFacts(store, reader, now, tx)) ? { ...onTheDoor, ...privateFacts(store) } : onTheDoor;
}

function privateFacts({ details }: Store): Partial<Record<FieldName, string>> {
  const { managerName, merchant } = details;
  const { tradingName, contactName, contactPhoneOrEmail } = merchant;
  const { registrationNo } = merchant.more;
  return present({
    managerName,
    tradingName,
    contactName,
    contactPhoneOrEmail,
    registrationNo: typeof registrationNo === 'string' ? registrationNo : undefined,
  });
}

/** Whoever submitted it last, has it in hand now, looks after one of these, or is an admin (domain A.12-15). */
async function mayReadPrivateFacts(
  { storeId, isoId }: Store,
  reader: Person,
  now: number,
  tx: Transaction,
): Promise<boolean> {
  if (reader.isoId !== isoId) return false;
  if (isOneOf(reader, 'admin', now)) return true;
  const item = await findItem(storeId, tx);
  const theirs = [item?.staffId, item?.ownerId].filter((userId) => userId !== undefined);
  if (theirs.includes(reader.userId)) return true;
  if (!isOneOf(reader, 'supervisor', now)) return false;
  for (const userId of theirs) {
    const person = await findPerson(userId, tx);
    if (person?.isoId === isoId && person.supervisorId === reader.userId) return true;
  }
  return false;
}
