/** One word, as an account is called: letters and digits of any script, and what joins them. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}.@_+-]{0,39}$/u;
const SECRET = /pass(word|wd)?|pwd|密码|密碼|รหัสผ่าน/iu;

/**
 * The name of a test account as an admin typed it; undefined for anything that could hold a password beside it: two words,
 * `name/secret`, `name:secret`, or a word for it. Passwords are never stored (domain A.9).
 */
export function readAccountName(typed: string): string | undefined {
  const name = typed.normalize('NFKC').trim();
  return NAME.test(name) && !SECRET.test(name) ? name : undefined;
}
