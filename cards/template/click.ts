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
};

const request: Props = {
  actionId: text(),
  params: noParams,
  successToast: text(),
  failureToast: text(),
  successCondition: yes,
};

/** Nothing asks for confirmation here: these are the words that the builder fills in by itself. */
const confirm: Props = {
  confirmTitle: text('标题'),
  confirmMessage: text('内容'),
  confirmOkText: text('确认'),
  confirmOkAction: 'request',
  confirmOkReqActionActionId: text(),
  confirmOkReqActionParams: noParams,
  confirmOkReqActionToast: text(),
  confirmCancelText: text('取消'),
  confirmCancelAction: 'none',
  confirmCancelReqActionActionId: text(),
  confirmCancelReqActionParams: noParams,
  confirmCancelReqActionToast: text(),
};

const otherKinds: Props = {
  statPoint: text(),
  statPointParams: [],
  copyValue: text(),
  copyType: 'common',
  customHandler: '',
  customDurboHandler: '',
  actionSheetTitle: text('标题'),
  actionSheetMessage: text('面板描述'),
  actionSheetItems: [],
  toastContent: text(),
  toastType: 1,
  toastActionText: text(),
  toastActionUrl: link,
  openModalTitle: text('标题'),
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
};

/** What an official Card has of these, for the moment at which it appears. */
export const appearing: Props = {
  actionType: 'url',
  ...openLink,
  ...request,
  ...confirm,
  ...otherKinds,
  ...localState,
  ...clientCalls,
  dynamicEventVar: whole(),
  fold: fixed('dynamicBoolean', false),
};

/**
 * The properties of everything that can be tapped. The official exports write all of them, whatever the kind of tap, so
 * ours does too; only `actionType` and what a request carries ever differ.
 */
export function click(actionType: 'url' | 'request'): Props {
  return {
    ...appearing,
    actionType,
    isDtmd: false,
    copyVariable: whole(),
    callAPIName: text(),
    callAPIType: 'jsapi',
    callAPIParams: noParams,
    isCallAPIParamsVariable: false,
    callAPIVariableParams: whole(),
  };
}
