import {
  always,
  filledBy,
  fixed,
  follows,
  margins,
  requestParam,
  text,
  whenEqual,
  whenFilled,
  whole,
  width,
} from './bindings.ts';
import { appearing } from './click.ts';
import { type Node, node, PLACED } from './node.ts';

/** The root. `summary` is the variable that the conversation list shows. */
export function card(summary: string, children: readonly Node[]): Node {
  const props = {
    ...appearing,
    linkCondition: always,
    enableClickEvent: false,
    transformToEventChain: false,
    disabledWhileForward: false,
    enableStatPoint: false,
    enableExposeStatPoint: false,
    enableDebugTool: false,
    enableOnAppear: false,
    onAppear: appearing,
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

/** A mark beside the button of a form; it has one colour. */
export function warning(variable: string): Node {
  return node('Tag', variable, {
    text: text(filledBy(variable)),
    color: fixed('dynamicSelect', 'orange'),
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

/** The JSON-driven form. Its action id is always `form`; which form it was, `params` say, each bound to a variable. */
export function form(bind: {
  schema: string;
  submit: string;
  status: string;
  shown: string;
  params: Record<string, string>;
}): Node {
  const params = Object.entries(bind.params).map(([name, variable], index) =>
    requestParam(name, variable, `${index + 1}`),
  );
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
