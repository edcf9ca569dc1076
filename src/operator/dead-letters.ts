import type { DeadLetter } from '../../models/dead-letters.ts';

/** What an operator can do about it, by our name of the failure. */
const REMEDIES: Readonly<Record<string, string>> = {
  'dingtalk.refused': 'look up what DingTalk answered; where its cause is gone, retry, else drop',
  'dingtalk.contentUnsafe': 'DingTalk does not show a word of it: drop it, or retry once it was changed',
  'dingtalk.credentials': 'mend the credentials of the app, then retry all',
  'contact.badNumber': 'the admin was told: they take the invitation back; drop it',
  'contact.tooManyOrganisations': 'the admin was told: the person must leave an organisation; then retry',
  'photo.missing': 'a photo of it is gone: drop it',
  'sealed.unreadable': 'start the bot with the DATA_KEY of this data, then retry all',
  'bug.unexpected': 'it is tried on; see send.failed in the log, and upgrade',
};

export function remedyFor({ why }: Pick<DeadLetter, 'why'>): string {
  return REMEDIES[why] ?? 'see its line in the log (send.dead, redraw.failed); retry, or drop';
}
