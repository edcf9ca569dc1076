import { present } from '@field/kit/present';
import { findItem } from '../../models/items.ts';
import { findPerson, type Person } from '../../models/people.ts';
import type { Store } from '../../models/stores.ts';
import type { Transaction } from '../../models/transaction.ts';
import type { Context } from '../../src/bot/context.ts';
import type { FieldRole } from '../../src/domain/field-roles.ts';
import { isOneOf } from '../../src/domain/who.ts';
import type { FieldName } from '../../src/flow/definition.ts';
import type { Draft } from '../../src/flow/draft.ts';
import { byName, nameAs, optionPaying } from '../../src/flow/roles.ts';

type Facts = Readonly<Partial<Record<FieldRole, string>>>;

/**
 * What the forms said of a shop when it was promoted last, by the fields of this draft and as this person may read it: what stands on its
 * sign and door may everybody of the ISO, of its people and papers only who has something to do with it.
 */
export async function knownFacts(
  draft: Draft,
  store: Store,
  { person, now, tx }: Pick<Context, 'person' | 'now' | 'tx'>,
): Promise<Readonly<Partial<Record<FieldName, string>>>> {
  const { nameLocal, address, city, countryRegion, acceptsOnlyAlipay } = store;
  const onTheDoor: Facts = present({
    storeName: nameLocal,
    storeAddress: address,
    storeCity: city,
    country: countryRegion,
    paysWith: optionPaying(draft, acceptsOnlyAlipay),
  });
  const isPrivate = await mayReadPrivateFacts(store, person, now, tx);
  return byName(draft, isPrivate ? { ...onTheDoor, ...privateFacts(draft, store) } : onTheDoor);
}

function privateFacts(draft: Draft, { details }: Store): Facts {
  const { managerName, merchant } = details;
  const { tradingName, contactName, contactPhoneOrEmail, more = {} } = merchant ?? {};
  const registration = more[nameAs(draft, 'registration')];
  return present({
    manager: managerName,
    tradingName,
    contactName,
    contact: contactPhoneOrEmail,
    registration: typeof registration === 'string' ? registration : undefined,
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
