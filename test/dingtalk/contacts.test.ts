import { describe, expect, it } from 'vitest';
import { apiPeer, failure } from './open-api-peer.ts';

const CREATE = '/topapi/v2/user/create';
const BY_MOBILE = '/topapi/v2/user/getbymobile';
const GET = '/topapi/v2/user/get';
const NOK = { name: 'Nok Suda', mobile: '+66-812344821' };

/** DingTalk's contacts, each path with the answers it gives in turn. */
async function contacts(answers: Readonly<Record<string, readonly object[]>>) {
  const peer = await apiPeer();
  for (const [path, bodies] of Object.entries(answers)) {
    const left = [...bodies];
    peer.gateway.answers.set(path, () => ({ body: (left.length > 1 ? left.shift() : left[0]) ?? {} }));
  }
  return peer;
}

describe('an invitation', () => {
  it('that waits for consent was sent', async () => {
    const { api, gateway } = await contacts({
      [CREATE]: [{ errcode: 40103, errmsg: '需要其同意才可添加，已向对方发送邀请' }],
    });
    expect(await api.invite(NOK)).toEqual({ kind: 'asked' });
    const [asked] = gateway.asked.filter(({ path }) => path === CREATE);
    expect(JSON.parse(asked?.text ?? '')).toEqual({ name: 'Nok Suda', mobile: '+66-812344821', dept_id_list: '1' });
  });

  it('of somebody who is in already finds them by their number', async () => {
    const { api } = await contacts({
      [CREATE]: [{ errcode: '60104', errmsg: 'x' }],
      [BY_MOBILE]: [{ errcode: 0, result: { userid: 'nok' } }],
    });
    expect(await api.invite(NOK)).toEqual({ kind: 'member', userId: 'nok' });
  });

  it('may be answered by the person being in at once', async () => {
    const { api } = await contacts({ [CREATE]: [{ errcode: 0, result: { userid: 'nok', unionId: 'x' } }] });
    expect(await api.invite(NOK)).toEqual({ kind: 'member', userId: 'nok' });
  });

  it('writes a number of the Chinese mainland without its country, and no name beyond what is taken', async () => {
    const { api, gateway } = await contacts({ [CREATE]: [{ errcode: 40103 }] });
    await api.invite({ name: 'N'.repeat(90), mobile: '+86-13800138000' });
    const [asked] = gateway.asked.filter(({ path }) => path === CREATE);
    expect(JSON.parse(asked?.text ?? '')).toMatchObject({ mobile: '13800138000', name: 'N'.repeat(80) });
  });

  it.each([
    [[{ errcode: 40104 }, { errcode: 40103 }], { kind: 'asked' }],
    [[{ errcode: 60118 }, { errcode: 0, result: { userid: 'dao' } }], { kind: 'member', userId: 'dao' }],
  ])(
    'to a mainland number is written with its country where the organisation wants that: %j',
    async (answers, invited) => {
      const { api, gateway } = await contacts({ [CREATE]: answers });
      expect(await api.invite({ name: 'Dao', mobile: '+86-13800138000' })).toEqual(invited);
      const asked = gateway.asked.filter(({ path }) => path === CREATE).map(({ text }) => JSON.parse(text).mobile);
      expect(asked).toEqual(['13800138000', '+86-13800138000']);
    },
  );

  it('to somebody in already is found under either way of writing the number', async () => {
    const { api, gateway } = await contacts({
      [CREATE]: [{ errcode: 60104 }],
      [BY_MOBILE]: [{ errcode: 60121 }, { errcode: 0, result: { userid: 'dao' } }],
    });
    const invited = await api.invite({ name: 'Dao', mobile: '+86-13800138000' });
    expect(invited).toEqual({ kind: 'member', userId: 'dao' });
    const asked = gateway.asked.filter(({ path }) => path === BY_MOBILE).map(({ text }) => JSON.parse(text).mobile);
    expect(asked).toEqual(['13800138000', '+86-13800138000']);
  });

  it('to any other number that is wrong is tried once', async () => {
    const { api, asked } = await contacts({ [CREATE]: [{ errcode: 40104 }] });
    expect(await failure(api.invite(NOK))).toMatchObject({ code: 'contact.badNumber' });
    expect(asked(CREATE)).toBe(1);
  });

  it.each([
    [40019, 'contact.tooManyOrganisations', 'permanent'],
    [60118, 'contact.badNumber', 'permanent'],
    [60011, 'dingtalk.permission', 'configuration'],
    [50002, 'contact.notPermitted', 'configuration'],
    [50004, 'contact.notPermitted', 'configuration'],
    [99999, 'dingtalk.refused', 'permanent'],
    [90018, 'dingtalk.busy', 'retryable'],
  ])('refused with %d is %s', async (errcode, code, kind) => {
    const { api } = await contacts({ [CREATE]: [{ errcode, errmsg: 'x' }] });
    expect(await failure(api.invite(NOK))).toMatchObject({ code, kind });
  });

  it('is tried with a new token when the old one is over, and shows no number in the log', async () => {
    const { api, asked, lines } = await contacts({ [CREATE]: [{ errcode: 42001 }, { errcode: 40103 }] });
    expect(await api.invite(NOK)).toEqual({ kind: 'asked' });
    expect(asked(CREATE)).toBe(2);
    expect(lines.text()).not.toMatch(/812344821|Nok|token-/);
  });
});

describe('who somebody is', () => {
  it.each([
    [{ name: 'Nok', mobile: '+66-812344821' }, '+66-812344821'],
    [{ name: 'Nok', mobile: '812344821', state_code: '66' }, '+66-812344821'],
    [{ name: 'Nok', mobile: '812344821', state_code: 66 }, '+66-812344821'],
    [{ name: 'Nok', mobile: '13800138000' }, '+86-13800138000'],
    [{ name: 'Nok' }, undefined],
  ])('reads the number of %j', async (result, mobile) => {
    const { api } = await contacts({ [GET]: [{ errcode: 0, result }] });
    expect(await api.contactOf('nok')).toEqual({ name: 'Nok', mobile });
  });

  it('who is not in the organisation is nobody', async () => {
    const { api } = await contacts({ [GET]: [{ errcode: 60121, errmsg: '找不到该用户' }] });
    expect(await api.contactOf('gone')).toBeUndefined();
  });
});
