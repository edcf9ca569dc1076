import { describe, expect, it } from 'vitest';
import { parseMessage } from '../../src/dingtalk/parse-message.ts';
import type { MessageUpdate } from '../../src/platform/update.ts';
import { messageOf, quotaMessage, robotMessage, textMessage } from '../support/frames.ts';

const FRAME = { messageId: 'frame-1', at: 42 };
const GROUP = { conversationType: '2', conversationId: 'cidGroup', conversationTitle: 'Field north' };

function parsed(message: Record<string, unknown>): MessageUpdate {
  return parseMessage(JSON.stringify(message), FRAME);
}

function content(message: Record<string, unknown>): MessageUpdate['content'] {
  return parsed(message).content;
}

it('reads who wrote what, where and when', () => {
  expect(parsed(textMessage('menu', { msgId: 'm1', createAt: 1_763_000_000_001 }))).toEqual({
    kind: 'message',
    id: 'm1',
    at: 1_763_000_000_001,
    from: { userId: 'staff1', unionId: 'union1', nick: 'Sunan K.' },
    conversation: { kind: 'direct', id: 'cidDirect1==' },
    corpId: 'demo-corp',
    content: { text: 'menu', pictures: [] },
  });
});

it('knows a group and its title', () => {
  expect(parsed(textMessage('hi', GROUP)).conversation).toEqual({
    kind: 'group',
    id: 'cidGroup',
    title: 'Field north',
  });
});

describe('the time', () => {
  it('comes as text or as a number', () => {
    expect(parsed(robotMessage({ createAt: '1763000000001' })).at).toBe(1_763_000_000_001);
  });

  it.each([undefined, '', 'yesterday', -1, 1.5, null, {}])('is the frame’s when it is %j', (createAt) => {
    expect(parsed(robotMessage({ createAt })).at).toBe(42);
  });
});

describe('text', () => {
  it('loses the blank that a removed @ leaves in a group', () => {
    expect(content(textMessage(' \u2005hello there ', GROUP)).text).toBe('hello there');
  });

  it('loses an @ that was not removed in a group, and only there', () => {
    expect(content(textMessage('@Field_Bot\u2005@other menu', GROUP)).text).toBe('menu');
    expect(content(textMessage('@Field_Bot menu')).text).toBe('@Field_Bot menu');
    expect(content(textMessage('mail me@shop.example', GROUP)).text).toBe('mail me@shop.example');
  });

  it('of nothing but blanks is no text', () => {
    expect(content(textMessage(' \u200b\n'))).toEqual({ pictures: [] });
    expect(content(textMessage('@Field_Bot', GROUP))).toEqual({ pictures: [] });
  });

  it('keeps other languages, lines and emoji as they are', () => {
    expect(content(textMessage('ร้านกาแฟ\n咖啡店 ☕')).text).toBe('ร้านกาแฟ\n咖啡店 ☕');
  });
});

describe('pictures', () => {
  it('has the download code under either name', () => {
    expect(content(messageOf('picture', { downloadCode: 'd1', pictureDownloadCode: 'p1' }))).toEqual({
      pictures: [{ downloadCode: 'd1' }],
    });
    expect(content(messageOf('picture', { pictureDownloadCode: 'p1' })).pictures).toEqual([{ downloadCode: 'p1' }]);
  });

  it('may come mixed with text, in the order sent', () => {
    const richText = [
      { text: 'front ' },
      { text: 'and back' },
      { type: 'picture', downloadCode: 'd1', pictureDownloadCode: 'p1' },
      { text: 'done' },
      { type: 'picture', pictureDownloadCode: 'p2' },
      { type: 'picture' },
      null,
      'noise',
    ];
    expect(content(messageOf('richText', { richText }))).toEqual({
      text: 'front and back\ndone',
      pictures: [{ downloadCode: 'd1' }, { downloadCode: 'p2' }],
    });
  });

  it('may come as JSON within JSON', () => {
    expect(content(messageOf('picture', JSON.stringify({ downloadCode: 'd1' }))).pictures).toHaveLength(1);
  });

  it('without any code is told as a kind we cannot use', () => {
    expect(content(messageOf('picture', {}))).toEqual({ pictures: [], other: 'picture' });
  });
});

it('reads a document', () => {
  expect(content(messageOf('file', { fileName: 'IMG_1.jpg', downloadCode: 'd1', spaceId: 's' }))).toEqual({
    pictures: [],
    file: { downloadCode: 'd1', fileName: 'IMG_1.jpg' },
  });
});

describe('a voice message', () => {
  // as the documentation prints it, robot-message-type
  const SPOKEN = { duration: 4000, downloadCode: 'mIofN681YE3f', recognition: '钉钉，让进步发生' };

  it('counts as the words that DingTalk understood', () => {
    expect(content(messageOf('audio', SPOKEN))).toEqual({ text: '钉钉，让进步发生', pictures: [] });
  });

  it.each([undefined, '', ' \u200b', null, 7])('of which nothing was understood (%j) has no use', (recognition) => {
    expect(content(messageOf('audio', { ...SPOKEN, recognition }))).toEqual({ pictures: [], other: 'audio' });
  });
});

describe('a reply', () => {
  const reply = (repliedMsg: unknown, words = 'this one') =>
    content(robotMessage({ text: { content: words, isReplyMsg: true, repliedMsg } }));
  const quoted = (msgType: string, sent: unknown) => ({
    msgType,
    content: sent,
    msgId: 'm0',
    senderId: '$:LWCP',
    createdAt: 1,
  });

  it('that quotes a picture counts as that picture, with what was typed', () => {
    const picture = { text: 'this one', pictures: [{ downloadCode: 'd1' }] };
    expect(reply(quoted('picture', { downloadCode: 'd1' }))).toEqual(picture);
    expect(reply(quoted('picture', JSON.stringify({ downloadCode: 'd1' })))).toEqual(picture);
    expect(reply(JSON.stringify(quoted('picture', { pictureDownloadCode: 'd1' })))).toEqual(picture);
    expect(reply(quoted('picture', { downloadCode: 'd1' }), ' ')).toEqual({ pictures: [{ downloadCode: 'd1' }] });
  });

  it('that quotes pictures among words counts as those pictures', () => {
    const richText = [
      { text: 'old words' },
      { type: 'picture', downloadCode: 'd1' },
      { msgType: 'picture', downloadCode: 'd2' },
    ];
    expect(reply(quoted('richText', { richText }))).toEqual({
      text: 'this one',
      pictures: [{ downloadCode: 'd1' }, { downloadCode: 'd2' }],
    });
  });

  it.each([
    quoted('text', { text: 'old words' }),
    quoted('interactiveCard', undefined),
    quoted('file', { downloadCode: 'f1', fileName: 'a.pdf' }),
    quoted('picture', {}),
    quoted('richText', { richText: 'noise' }),
    'noise',
    null,
    7,
  ])('that quotes something else is what was typed: %j', (repliedMsg) => {
    expect(reply(repliedMsg)).toEqual({ text: 'this one', pictures: [] });
  });
});

it.each([
  ['audio', { duration: 4000, downloadCode: 'd' }, 'audio'],
  ['video', { duration: 4000, videoType: 'mp4', downloadCode: 'd' }, 'video'],
  ['unknown', { unknownMsgType: 'sticker' }, 'sticker'],
  ['location', undefined, 'location'],
])('names %s as something it has no use for', (msgtype, sent, other) => {
  expect(content(messageOf(msgtype, sent))).toEqual({ pictures: [], other });
});

it.each([{ errorCode: 20001 }, { errorCode: '20001' }, { errCode: 20001 }, { errCode: '20001', msgtype: undefined }])(
  'notices that the month’s pushes are used up: %j',
  (error) => {
    expect(content(quotaMessage(error))).toEqual({ pictures: [], quotaUsedUp: true });
  },
);

it('keeps what was sent even when an error code stands beside it', () => {
  expect(content(textMessage('hi', { errorCode: 20001 }))).toEqual({ text: 'hi', pictures: [] });
});

describe('people', () => {
  it('outside the organisation are told apart, and marked', () => {
    expect(parsed(robotMessage({ senderStaffId: undefined })).from).toEqual({
      userId: 'outside:union1',
      outside: true,
      unionId: 'union1',
      nick: 'Sunan K.',
    });
    const byId = parsed(robotMessage({ senderStaffId: '', senderUnionId: undefined }));
    expect(byId.from.userId).toBe('outside:$:LWCP_v1:$stranger');
  });

  it('without any name make the message malformed', () => {
    const nobody = { senderStaffId: undefined, senderUnionId: undefined, senderId: undefined };
    expect(() => parsed(robotMessage(nobody))).toThrow('frame.malformed');
  });
});

it('takes the frame’s id when the message has none', () => {
  expect(parsed(robotMessage({ msgId: undefined })).id).toBe('frame-1');
});

it.each(['', 'no json', '[]', '3', 'null', '"text"'])('calls %j malformed', (data) => {
  expect(() => parseMessage(data, FRAME)).toThrow('frame.malformed');
});
