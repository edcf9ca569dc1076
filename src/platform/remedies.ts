import type { CodeOf, ErrorCode } from '@field/kit/errors';

/** What an operator does about it; stands on the health page, in the log and in the answers of the operator's commands. */
const REMEDIES: Readonly<Record<CodeOf<'configuration'>, string>> = {
  'dingtalk.permission': "grant the app's permission for it in DingTalk's developer console (docs/operating.md)",
  'dingtalk.template': "publish the card template in DingTalk's card builder and check DINGTALK_CARD_TEMPLATE_ID",
  'dingtalk.robotCode': "check DINGTALK_ROBOT_CODE: it must be this app's own robot, and published",
  'dingtalk.credentials': 'check DINGTALK_CLIENT_ID and DINGTALK_CLIENT_SECRET: a secret that was reset is another one',
  'dingtalk.ipNotListed': "add the address of this server to the app's list in DingTalk's developer console",
  'dingtalk.appStopped':
    "switch the app on again in DingTalk's developer console, or ask why the organisation was stopped",
  'contact.notPermitted': 'let the app manage contacts, of the whole organisation (docs/operating.md)',
  'contact.organisationFull':
    'the organisation has as many people as it may: have it certified in DingTalk, or remove some',
};

/** The remedy of an error of the kind `configuration`, as a clause; empty for any other. */
export function remedyOf(code: ErrorCode): string {
  return (REMEDIES as Readonly<Record<string, string>>)[code] ?? '';
}
