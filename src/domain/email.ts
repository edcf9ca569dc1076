const LONGEST = 254;
const EMAIL = /^[^\s@<>"]+@[^\s@<>".]+(\.[^\s@<>".]+)+$/;

/** An e-mail address in lower case, or undefined when it is none. */
export function parseEmail(typed: string): string | undefined {
  const email = typed.normalize('NFKC').trim().toLowerCase();
  return email.length <= LONGEST && EMAIL.test(email) ? email : undefined;
}
