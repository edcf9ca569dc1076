import { fixed, type Props, text, whole } from './bindings.ts';

const link = fixed('dynamicLink', '');
const noParams = [{ type: 'fixed', variable: '', value: '', name: '', variableType: 'global', id: '1' }];
const yes = { op: 'and', conditions: [] };

const openLink: Props = {
  urlType: 'all',
  url: link,
  androidUrl: link,
  pcUrl: link,
  iosUrl: link,
  isDtmd: false,
};

const request: Props = {
  actionId: text(),
  params: noParams,
  successToast: text(),
  failureToast: text(),
  successCondition: yes,
};

const confirm: Props = {
  confirmTitle: text(),
  confirmMessage: text(),
  confirmOkText: text(),
  confirmOkAction: 'request',
  confirmOkReqActionActionId: text(),
  confirmOkReqActionParams: noParams,
  confirmOkReqActionToast: text(),
  confirmCancelText: text(),
  confirmCancelAction: 'none',
  confirmCancelReqActionActionId: text(),
  confirmCancelReqActionParams: noParams,
  confirmCancelReqActionToast: text(),
};

const otherKinds: Props = {
  statPoint: text(),
  statPointParams: [],
  copyValue: text(),
  copyVariable: whole(),
  copyType: 'common',
  customHandler: '',
  customDurboHandler: '',
  actionSheetTitle: text(),
  actionSheetMessage: text(),
  actionSheetItems: [],
  toastContent: text(),
  toastType: 1,
  toastActionText: text(),
  toastActionUrl: link,
  openModalTitle: text(),
  openModalHeight: 500,
  openModalWidth: 400,
  events: [],
  videoUrl: text(),
};

const localState: Props = {
  localVarAction: whole(),
  booleanLocalValue: fixed('dynamicBoolean', false),
  numberLocalValue: fixed('dynamicNumber', 0),
  stringLocalValue: text(),
  enableCustomLocalData: false,
  customLocalData: '{}',
  selectActionType: 'setLocalState',
  selectDataKey: whole(),
  selectOptions: fixed('dynamicSelectOptions', []),
  selectParams: [],
  selectIndex: whole(),
  fixWidth: false,
  fixedWidth: 0,
  autoWidth: false,
  dataSources: [],
  updateTargetValue: whole(),
  updateTargetVariable: whole(),
};

const clientCalls: Props = {
  apiName: text(),
  apiParams: [{ type: 'variable', variable: '', value: '', name: '', variableType: 'global', id: '1' }],
  apiRetLocalVar: whole(),
  jsapiName: text(),
  jsapiParams: noParams,
  jsapiRetLocalVar: whole(),
  callAPIName: text(),
  callAPIType: 'jsapi',
  callAPIParams: noParams,
  isCallAPIParamsVariable: false,
  callAPIVariableParams: whole(),
};

/**
 * The properties of everything that can be tapped. The official exports write all of them, whatever the kind of tap, so
 * ours does too; only `actionType` and, for `dynamicEvent`, the event's variable ever differ.
 */
export function click(actionType: 'url' | 'dynamicEvent', event: Props = whole()): Props {
  return {
    actionType,
    ...openLink,
    ...request,
    ...confirm,
    ...otherKinds,
    ...localState,
    ...clientCalls,
    dynamicEventVar: event,
    fold: fixed('dynamicBoolean', false),
  };
}
