import { randomUUID } from 'node:crypto';

/** A refusal in one of DingTalk's two shapes (dingtalk 3), as thrown by the calls and written by the server. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, body: Readonly<Record<string, unknown>>, message: string) {
    super(message);
    this.status = status;
    this.body = body;
  }
}

/** `api.dingtalk.com`: HTTP 4xx with `{code, message, requestid}`. */
export function newApiError(status: number, code: string, message: string = code): ApiError {
  return new ApiError(status, { code, message, requestid: requestId() }, `${code}: ${message}`);
}

/** `oapi.dingtalk.com`: HTTP 200 with `{errcode, errmsg, request_id}`. */
export function oldApiError(errcode: number, errmsg: string): ApiError {
  return new ApiError(200, { errcode, errmsg, request_id: requestId() }, `${errcode}: ${errmsg}`);
}

/** What stands before every call of `topapi` refuses as 88, with what it means in `sub_code` (dingtalk 3). */
export function oldGatewayError(subCode: number, message: string): ApiError {
  const errmsg = `ding talk error[subcode=${subCode},submsg=${message}]`;
  const body = { errcode: 88, sub_code: String(subCode), sub_msg: message, errmsg, request_id: requestId() };
  return new ApiError(200, body, `${subCode}: ${message}`);
}

/** A card call's refusal: 400 with the code as its message, as seen in the field. */
export function cardError(code: string, detail?: string): ApiError {
  return newApiError(400, code, detail === undefined ? code : `${code}: ${detail}`);
}

export function requestId(): string {
  return randomUUID().toUpperCase();
}
