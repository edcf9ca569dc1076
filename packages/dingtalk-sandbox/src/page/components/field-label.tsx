import type { RenderedField } from '../../protocol/page-protocol.ts';

/** A field's name, with the sign that it is needed; a screen reader hears that from the control itself. */
export function FieldLabel({ field }: { readonly field: RenderedField }) {
  return (
    <>
      {field.label}
      {field.required && (
        <span class="needed" aria-hidden="true">
          {' '}
          *
        </span>
      )}
    </>
  );
}
