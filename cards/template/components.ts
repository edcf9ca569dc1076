import {
  always,
  filledBy,
  fixed,
  follows,
  type Json,
  margins,
  type Props,
  text,
  whenEqual,
  whenFilled,
  whole,
  width,
} from './bindings.ts';
import { click } from './click.ts';

/** One node of the builder's tree. */
export type Node = { readonly [key: string]: Json; readonly componentName: string; readonly id: string };

const PLACED: Props = { margin: -2, innerOffset: 0 };

function node(componentName: string, id: string, props: Props, children?: readonly Node[]): Node {
  return {
    componentName,
    id: `node_${id}`,
    props,
    title: '',
    hidden: false,
    isLocked: false,
    condition: true,
    conditionGroup: '',
    ...(children === undefined ? {} : { children }),
  };
}

/** The root. `summary` is the variable that the conversation list shows. */
export function card(summary: string, children: readonly Node[]): Node {
  const appear = click('url');
  const props = {
    ...appear,
    linkCondition: always,
    enableClickEvent: false,
    transformToEventChain: false,
    disabledWhileForward: false,
    enableStatPoint: false,
    enableExposeStatPoint: false,
    enableDebugTool: false,
    enableOnAppear: false,
    onAppear: appear,
    autoFoldConfig: { needFold: false, heightLimit: 480, foldStatusLocalDataKey: '_cardFoldStatusLocalDataKey' },
    summaryContent: whole(summary),
    exposeStatPoint: text(),
    exposeStatPointParams: [],
    isLinkToCard: false,
  };
  const root = { fileName: 'card', dataSource: { list: [] }, state: {}, lifeCycles: {}, methods: {} };
  return { ...node('Card', 'card', props, children), ...root };
}

export function header(title: string): Node {
  return node('CardHeaderV2', 'header', { title: text(filledBy(title)), icon: { type: 'image', url: '' } });
}

export function tag(variable: string, color: string): Node {
  return node('Tag', 'tag', {
    text: text(filledBy(variable)),
    color: follows('dynamicSelect', color, 'blue'),
    tagStyle: 'hollow',
    maxWidth: { ...width(100), valueType: 'adaptive', adaptive: true },
    ...margins(6, 12),
    visible: whenFilled(variable),
    ...PLACED,
  });
}

/** A line of plain text in small type. */
export function smallText(id: string, variable: string): Node {
  return node('BaseText', id, {
    text: text(filledBy(variable)),
    hoverText: text(),
    iconType: 'iconCode',
    iconFont: { type: 'icon', icon: '', iconType: 'ddIcon' },
    icon: fixed('dynamicLink', ''),
    darkIcon: fixed('dynamicLink', ''),
    enableIcon: false,
    autoWidth: false,
    autoMaxWidth: false,
    maxWidth: fixed('dynamicNumber', 0),
    fixedWidth: fixed('dynamicNumber', 0),
    maxLine: fixed('dynamicNumber', 3),
    ...margins(4, 12),
    fontColorType: 'Standard',
    color: fixed('dynamicColor', 'common_level2_base_color'),
    customLightColor: fixed('dynamicColor', '#35404b'),
    customDarkColor: fixed('dynamicColor', '#f6f6f6'),
    enableHighlight: false,
    gravity: 'left',
    fontSizeType: 'Standard',
    styleType: 'standard',
    styleToken: 'common_footnote_text_style',
    size: 'small',
    customFontSize: 12,
    customFontLineHeight: 18,
    bold: false,
    italic: false,
    strikeThrough: false,
    lineHeight: 'normal',
    visible: whenFilled(variable),
    ...PLACED,
  });
}

/** A bar of 0 to 100; it is there while `besides`, its text, is. */
export function progressBar(variable: string, besides: string): Node {
  return node('ProgressBar', 'progress', {
    progress: follows('dynamicNumber', variable, 0),
    color: 'blue',
    colorType: 'Standard',
    customColor: '#007FFF',
    style: 'small',
    showPercentage: false,
    percentageTextPos: 'leftCenter',
    width: width('full'),
    height: 'middle',
    enableCornerRadius: true,
    offsetLeft: 0,
    offsetRight: 0,
    ...margins(4, 12),
    visible: whenFilled(besides),
    ...PLACED,
  });
}

export function markdown(id: string, variable: string): Node {
  const content = follows('dynamicMarkdown', variable, '');
  return node('Markdown', id, {
    mdVer: 0,
    hoverText: text(),
    content: { defaultLang: 'zh_Hans', i18n: false, content: { zh_Hans: content } },
    enableLinkStatPoint: false,
    linkStatPoint: text('Page_InteractiveCard__Click_markdownOpenlink'),
    linkStatPointParams: [],
    ...margins(6, 12),
    visible: whenFilled(variable),
    ...PLACED,
  });
}

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

/** A button: the present item of the Loop over `list`, with its `text`, `color` and `action`. */
export function loopButton(list: string): Node {
  return node('SingleButton', 'button', {
    text: text(filledBy('loop.text')),
    status: fixed('dynamicSelect', 'normal'),
    color: follows('dynamicSelect', `${list}[0].color`, 'blue', 'loop'),
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
    ...click('dynamicEvent', whole(`${list}[0].action`, 'loop', 'dynamicEvent')),
    enableClickEvent: true,
    widthMode: 'match_parent',
    width: 200,
    ...margins(6, 12),
    visible: always,
    transformToEventChain: false,
    disabledWhileForward: false,
    enableStatPoint: false,
    margin: -1,
    innerOffset: 0,
  });
}

/** The JSON-driven form. Its action id is always `form`; which form it was, `params` say, each bound to a variable. */
export function form(bind: { schema: string; submit: string; status: string; shown: string; params: Props }): Node {
  const params = Object.entries(bind.params).map(([name, variable], index) => {
    return { type: 'variable', variable, value: '', name, id: `${index + 1}`, variableType: 'global' };
  });
  return node('Form', 'form', {
    id: 'form',
    formSchema: whole(bind.schema),
    submitText: text(filledBy(bind.submit)),
    status: follows('dynamicSelect', bind.status, 'normal'),
    params,
    actionType: 'request',
    visible: whenEqual(bind.shown, 'yes'),
  });
}

export function table(variable: string, shown: string): Node {
  return node('Table', 'table', {
    data: whole(variable),
    cellPadding: 4,
    enablePagination: false,
    pageNum: 5,
    hoverTextVisible: false,
    enableZebraColor: true,
    enableScroll: false,
    scrollAreaWidth: width(600),
    maxLine: fixed('dynamicNumber', 2),
    imageSize: 30,
    offsetLeft: 0,
    offsetRight: 0,
    ...margins(6, 12),
    visible: whenEqual(shown, 'yes'),
    ...PLACED,
  });
}

export function chart(variable: string, shown: string): Node {
  return node('Chart', 'chart', {
    data: whole(variable),
    aspectRatio: fixed('dynamicSelect', 2),
    enableDetail: true,
    isFixedHeight: false,
    height: 300,
    offsetLeft: 0,
    offsetRight: 0,
    ...margins(12, 12),
    visible: whenEqual(shown, 'yes'),
    innerOffset: 0,
  });
}
