import {
  always,
  filledBy,
  fixed,
  follows,
  margins,
  type Props,
  requestParam,
  text,
  whenFilled,
  whole,
  width,
} from './bindings.ts';
import { click } from './click.ts';
import { type Node, node, PLACED } from './node.ts';

/** A full-width picture: the present item of the Loop over `list`, its alternative text as hover text. */
export function loopImage(list: string): Node {
  const source = follows('dynamicImage', `${list}[0].url`, '', 'loop');
  const none = fixed('dynamicImage', '');
  return node('Image', 'image', {
    images: { defaultLang: 'zh_Hans', i18n: false, content: { zh_Hans: source } },
    darkModeImages: { defaultLang: 'zh_Hans', i18n: false, content: { zh_Hans: none } },
    hoverText: text(filledBy('loop.alt')),
    single: true,
    imageType: 'fixedSize',
    width: width('full'),
    height: width(180),
    adaptiveSize: false,
    fixedRatio: false,
    aspectRatio: fixed('dynamicNumber', 2),
    cornerRadius: fixed('dynamicNumber', 4),
    scaleType: 'fitCenter',
    enablePreview: true,
    enableBorder: false,
    borderColor: '#297f8790',
    enableStatPoint: false,
    statPoint: text(),
    statPointParams: [],
    offsetLeft: 0,
    offsetRight: 0,
    ...margins(6, 12),
    visible: always,
    ...PLACED,
  });
}

/** Repeats its children for every item of the variable; an empty list draws nothing. */
export function loop(variable: string, children: readonly Node[]): Node {
  const props = {
    listData: whole(variable),
    direction: 'vertical',
    visible: always,
    isFixedWidth: false,
    isAutoWidth: false,
    width: 50,
    isFixedHeight: false,
    height: 100,
    equalSpace: false,
    flowLayout: false,
    flowDirection: 'x',
    childGap: false,
    childGapSize: 4,
    childDivider: false,
    childDividerMarginLeft: 0,
    childDividerMarginRight: 0,
    childDividerMarginBottom: 0,
    childDividerMarginTop: 0,
    childDividerWidth: 0.5,
    childDividerColorDark: 'rgba(255, 255, 255, 0.12)',
    childDividerColorLight: 'rgba(17, 31, 44, 0.12)',
    childWidth: 'match_content',
    ...margins(0, 0),
    scrollable: false,
    paging: false,
    hasMore: fixed('dynamicBoolean', false),
    onLoadMore: click('url'),
    ...PLACED,
  };
  return node('Loop', `loop_${variable}`, props, children);
}

/** What no button of ours changes. */
const plainButton: Props = {
  status: fixed('dynamicSelect', 'normal'),
  icon: fixed('dynamicLink', ''),
  darkModeIcon: fixed('dynamicLink', ''),
  enableIcon: false,
  iconPosition: 'left',
  iconType: 'iconCode',
  iconFont: fixed('dynamicIcon', { type: 'icon', icon: '', iconType: 'ddIcon' }),
  enableCornerMark: false,
  cornerMarkPosition: 'right',
  cornerMarkText: text(),
  cornerMarkTextColor: 'white',
  cornerMarkVisible: always,
  cornerBackgroundColorType: 'standard',
  standardCornerBackgroundColor: 'RedGradient',
  customCornerBackgroundColor: '#FF6A00',
  customCornerDarkModeBackgroundColor: '#FF6A00',
  enableClickEvent: true,
  widthMode: 'match_parent',
  width: 200,
  ...margins(6, 12),
  transformToEventChain: false,
  disabledWhileForward: false,
  enableStatPoint: false,
  margin: -1,
  innerOffset: 0,
};

/**
 * A button: the present item of the Loop over `list`, with its `text` and `color`. Its tap carries the item's `params`, each a text: the
 * kind of request that every client of DingTalk knows how to send (ADR 13).
 */
export function loopButton(list: string, params: readonly string[]): Node {
  return node('SingleButton', 'button', {
    text: text(filledBy('loop.text')),
    color: follows('dynamicSelect', `${list}[0].color`, 'blue', 'loop'),
    ...plainButton,
    ...click('request'),
    actionId: text(filledBy('loop.action')),
    params: params.map((name, index) => requestParam(name, `${list}[0].${name}`, `${index + 1}`, 'loop')),
    visible: always,
  });
}

/** A button that opens a page, there while its text is; on phones by an address of its own. Nothing is called back. */
export function linkButton(label: string, { url, phone }: { readonly url: string; readonly phone: string }): Node {
  const [address, onPhones] = [follows('dynamicLink', url, ''), follows('dynamicLink', phone, '')];
  return node('SingleButton', 'link', {
    text: text(filledBy(label)),
    color: fixed('dynamicSelect', 'blue'),
    ...plainButton,
    ...click('url'),
    url: address,
    pcUrl: address,
    androidUrl: onPhones,
    iosUrl: onPhones,
    visible: whenFilled(label),
  });
}
