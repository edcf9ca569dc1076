const LONGEST = 254;
const LABEL = String.raw`[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?`;
const EMAIL = new RegExp(String.raw`^[^\s@<>()[\],;:"\\]{1,64}@(?:${LABEL}\.)+${LABEL}$`, 'u');

/** What stands around an address that was copied out of a sentence, a chat or a header. */
const AROUND = /^(?:mailto:|[<([{"'“‘「《]+)+|[>)\]}"'”’」》.,;:!?。，；、]+$/g;

/** An e-mail address in lower case, or undefined when it cannot be one. Whether it exists is not asked. */
export function parseEmail(typed: string): string | undefined {
  if (typed.length > 2 * LONGEST) return undefined;
  const email = typed.normalize('NFKC').trim().toLowerCase().replaceAll(AROUND, '');
  return email.length <= LONGEST && EMAIL.test(email) ? email : undefined;
}
