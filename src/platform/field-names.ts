/**
 * A field's name on the phone. DingTalk's client keeps what stands in a form's fields by their names, also when the card shows another
 * form (dingtalk 4.4), so each asking has names of its own: `fixedSecurely_1f3a9c2b_2` is the field of the form `asking`, asked for the
 * third time. Neither a redrawing nor another language changes them, so that nothing is lost that is being typed.
 */
export function nameOnPhone(field: string, asking: Asking): string {
  return `${field}_${asking.form}_${asking.round.toString(36)}`;
}

/** Which form is asked: what it is about and which step it is, as eight hex digits; and how often its card was answered before. */
export interface Asking {
  readonly form: string;
  readonly round: number;
}

const ON_PHONE = /^(.+)_[0-9a-f]{8}_[0-9a-z]{1,8}$/;

/** The field's own name, without what `nameOnPhone` added. */
export function fieldNamed(onPhone: string): string {
  return ON_PHONE.exec(onPhone)?.[1] ?? onPhone;
}
