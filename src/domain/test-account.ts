/** One word, as an account is called: letters and digits of any script, and what joins them. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}.@_+-]{0,39}$/u;
const SECRET = /pass(word|wd)?|pwd|密码|密碼|รหัสผ่าน/iu;
/** Letters of both cases and digits in one long run, with nothing that joins words: as passwords are made, and hardly a name. */
const LIKE_A_PASSWORD = /^(?=.*\p{Ll})(?=.*\p{Lu})(?=.*\p{N})[\p{L}\p{N}]{8,}$/u;
const PHONE = /^\+?\d{8,15}$/;

/**
 * The name of a test account as an admin typed it; undefined for anything that could be or hold a password: two words,
 * `name/secret`, `name:secret`, a word for it, or what is made like one. Passwords are never stored (domain A.9).
 */
export function readAccountName(typed: string): string | undefined {
  const name = typed.normalize('NFKC').trim();
  return NAME.test(name) && !SECRET.test(name) && !LIKE_A_PASSWORD.test(name) ? name : undefined;
}

/** What tells one account of an ISO from another: `th-04` is `TH-04`. */
export function accountKey(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}

/** A name that is somebody's e-mail or phone no. stands on cards by its ends: `li••ee@lotus.example`, `••• 5678`. */
export function maskedAccount(name: string): string {
  if (PHONE.test(name)) return `••• ${name.slice(-4)}`;
  const at = name.indexOf('@');
  if (at < 1) return name;
  const [who, where] = [name.slice(0, at), name.slice(at)];
  return who.length < 5 ? `${who.slice(0, 1)}••${where}` : `${who.slice(0, 2)}••${who.slice(-2)}${where}`;
}
