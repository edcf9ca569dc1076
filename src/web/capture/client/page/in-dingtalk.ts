import { requestAuthCode$ as legacyAuthCode } from 'dingtalk-jsapi/api/runtime/permission/requestAuthCode';
import { closePage$ as closePage } from 'dingtalk-jsapi/api/union/closePage';
import { getLocation$ as getLocation } from 'dingtalk-jsapi/api/union/getLocation';
import { quitPage$ as quitPage } from 'dingtalk-jsapi/api/union/quitPage';
import { requestAuthCode$ as requestAuthCode } from 'dingtalk-jsapi/api/union/requestAuthCode';
import { scan$ as scan } from 'dingtalk-jsapi/api/union/scan';
import client from 'dingtalk-jsapi/core';
import 'dingtalk-jsapi/platform/android';
import 'dingtalk-jsapi/platform/harmony';
import 'dingtalk-jsapi/platform/ios';
import type { CapturePlace, CaptureSignature } from '../protocol.ts';
import { placeIn } from './place.ts';

/** A phone in a shop: longer than that nobody waits for DingTalk's client. */
const ANSWERS_WITHIN_MS = 12_000;

/** What is needed of DingTalk on a computer alone is a third of all, and is not loaded on a phone. */
const isPhone = /Mobile|Android|iPhone|iPad/i.test(navigator.userAgent);
const onComputer = isPhone ? Promise.resolve() : import('dingtalk-jsapi/platform/pc').then(() => undefined);

/** A code for whoever is looking. Clients before 7.0.45 know the call by its older name. */
export async function authCode(corpId: string, clientId: string): Promise<string | undefined> {
  await onComputer;
  for (const ask of [() => requestAuthCode({ corpId, clientId }), () => legacyAuthCode({ corpId })]) {
    try {
      return (await inTime(ask())).code;
    } catch {
      // the next one is asked
    }
  }
  return undefined;
}

/** What DingTalk's scanner read; `cancelled` when it was left, `cannot` where there is none. */
export async function scanned(): Promise<{ readonly text: string } | 'cancelled' | 'cannot'> {
  try {
    // its page says `text`, its types say `code` (dingtalk 3.5)
    const answer = (await scan({ type: 'qr' })) as { readonly text?: unknown; readonly code?: unknown };
    const text = answer.text ?? answer.code;
    return typeof text === 'string' && text !== '' ? { text } : 'cannot';
  } catch (refusal) {
    return String((refusal as { readonly errorCode?: unknown }).errorCode) === '-1' ? 'cancelled' : 'cannot';
  }
}

/** Closes the page; on a computer pages are left by another call. Answers whether the client did. */
export async function closed(): Promise<boolean> {
  await onComputer;
  try {
    await inTime(isPhone ? closePage({}) : quitPage({}));
    return true;
  } catch {
    return false;
  }
}

/** Has the client let this page ask where the phone is, which it does once a page; resolves when it has said whether it does. */
export async function letAsk(signature: CaptureSignature): Promise<void> {
  // a computer does not say where it is
  if (!isPhone) return;
  const said = new Promise<void>((resolve) => {
    client.config({ ...signature, type: 0, jsApiList: ['device.geolocation.get'] });
    client.ready(resolve);
    client.error(() => resolve());
  });
  await inTime(said).catch(() => undefined);
}

/** Where the phone is, if the page may know. */
export async function placeOfPhone(): Promise<CapturePlace | undefined> {
  try {
    const asked = {
      type: 1,
      useCache: true,
      coordinate: '0',
      cacheTimeout: 60,
      withReGeocode: false,
      targetAccuracy: '200',
    };
    return placeIn(await inTime(getLocation(asked)));
  } catch {
    return undefined;
  }
}

function inTime<Result>(work: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('late')), ANSWERS_WITHIN_MS);
    work.then(resolve, reject).then(() => clearTimeout(late));
  });
}
