import type { FieldRole } from '../domain/field-roles.ts';
import type { Programme } from './programme.ts';

const OF_PEOPLE: readonly (FieldRole | undefined)[] = ['manager', 'contactName', 'contact'];

/** What a programme calls the fields that say something about a person. */
export function personalFields({ products }: Programme): readonly string[] {
  const fields = products.flatMap(({ steps }) => steps.flatMap((step) => step.fields));
  return fields.filter(({ personal, is }) => personal || OF_PEOPLE.includes(is)).map(({ id }) => id);
}
