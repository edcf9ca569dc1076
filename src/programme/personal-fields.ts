import type { FieldRole } from '../domain/field-roles.ts';
import type { Programme } from './programme.ts';

const OF_PEOPLE: readonly (FieldRole | undefined)[] = ['manager', 'contactName', 'contact'];

/** What a programme calls the fields that say something about a person, and those that are known to say something else. */
export function fieldsByWhatTheySay({ products }: Programme): {
  readonly personal: readonly string[];
  readonly others: readonly string[];
} {
  const fields = products.flatMap(({ steps }) => steps.flatMap((step) => step.fields));
  const isPersonal = ({ personal, is }: (typeof fields)[number]) => personal || OF_PEOPLE.includes(is);
  return {
    personal: fields.filter(isPersonal).map(({ id }) => id),
    others: fields.filter((field) => field.is !== undefined && !isPersonal(field)).map(({ id }) => id),
  };
}
