import type { NewCard, Space } from '../platform/platform.ts';

/** The conversation list has room for little more than this, whatever is sent. */
const PREVIEW_CHARS = 100;

/** The languages in which DingTalk keeps a preview; the reader of a card of ours has one language, so all say the same. */
const PREVIEW_LANGUAGES = ['ZH_CN', 'ZH_TW', 'EN_US', 'JA_JP', 'VI_VN', 'TH_TH'];

/** The fields of createAndDeliver (dingtalk 3.2) for one card in one chat. */
export function createAndDeliverFields(card: NewCard, app: { robotCode: string; templateId: string }): object {
  const space = {
    supportForward: false,
    lastMessageI18n: Object.fromEntries(PREVIEW_LANGUAGES.map((language) => [language, previewOf(card.preview)])),
    // without it a phone says DingTalk's own "1 new message" (dingtalk 3.2)
    notification:
      card.alert === undefined ? { notificationOff: true } : { alertContent: card.alert, notificationOff: false },
  };
  return {
    cardTemplateId: app.templateId,
    outTrackId: card.outTrackId,
    cardData: { cardParamMap: { ...card.params } },
    callbackType: 'STREAM',
    userIdType: 1,
    ...spaceFields(card.space, space),
    ...deliveryFields(card.space, app.robotCode),
  };
}

/** The fields of deliver, for a card that exists and has its space already. */
export function deliverFields(card: NewCard, app: { robotCode: string }): object {
  return { outTrackId: card.outTrackId, userIdType: 1, ...deliveryFields(card.space, app.robotCode) };
}

function spaceFields({ kind }: Space, model: object): object {
  return kind === 'person' ? { imRobotOpenSpaceModel: model } : { imGroupOpenSpaceModel: model };
}

function deliveryFields(space: Space, robotCode: string): object {
  return space.kind === 'person'
    ? {
        openSpaceId: `dtv1.card//IM_ROBOT.${space.userId}`,
        imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode },
      }
    : { openSpaceId: `dtv1.card//IM_GROUP.${space.openConversationId}`, imGroupOpenDeliverModel: { robotCode } };
}

function previewOf(text: string): string {
  return [...text].slice(0, PREVIEW_CHARS).join('');
}
