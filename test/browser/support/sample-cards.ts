import { toCardParams } from '../../../cards/params.ts';
import type { CardForm, CardView } from '../../../cards/view.ts';
import { aCard, type TestSandbox } from '../../../packages/dingtalk-sandbox/test/support/sandbox.ts';

export const storeForm: CardForm = {
  action: 'promotion.answer',
  step: 'store',
  submitLabel: 'Save',
  fields: [
    { name: 'name', label: 'Name on the sign', type: 'TEXT', required: true, requiredMessage: 'Write the name.' },
    {
      name: 'pays',
      label: 'Pays with',
      type: 'SELECT',
      required: true,
      options: [
        { value: 'both', text: 'Alipay and other Alipay+ wallets' },
        { value: 'alipay', text: 'Alipay only' },
      ],
    },
    { name: 'spots', label: 'How many spots', type: 'NUMBER', value: '1' },
    { name: 'agreed', label: 'The manager agreed', type: 'CHECKBOX' },
    { name: 'note', label: 'Note (optional)', type: 'TEXT_AREA' },
  ],
};

export const storeCard: CardView = {
  title: 'Store',
  tag: { text: '! To do', tone: 'warning' },
  progress: { text: 'Step 1 of 4 · Store', percent: 25 },
  body: ['The shop as it stands on its sign.'],
  form: storeForm,
  actions: [
    { label: 'More details', action: 'promotion.more', style: 'plain' },
    { label: 'Menu', action: 'menu.open', style: 'plain' },
  ],
  note: 'No fields here? Update DingTalk (7.6.35 or newer).',
};

export const summaryCard: CardView = {
  title: 'Check and submit',
  tag: { text: '✓ Ready', tone: 'success' },
  progress: { text: 'Step 4 of 4', percent: 100 },
  body: ['✓ Store', '! Door: not stuck on firmly'],
  facts: [{ label: 'Shop', value: 'Baan Coffee' }],
  table: { columns: ['Spot', 'Code'], rows: [['Cashier 1', '…8841']] },
  chart: {
    type: 'pieChart',
    points: [
      { x: 'Approved', y: 5 },
      { x: 'Failed', y: 1 },
    ],
  },
  actions: [
    { label: 'Submit', action: 'promotion.submit', style: 'primary' },
    { label: 'Discard', action: 'promotion.discard', style: 'danger' },
  ],
};

export const thaiCard: CardView = {
  title: 'ขั้นที่ 2 จาก 4 · จุดที่ 1',
  tag: { text: '! ต้องทำ', tone: 'info' },
  body: ['ส่งรูป 2 รูป: ① เคาน์เตอร์ที่มีโค้ด ② โค้ดระยะใกล้ ส่งรูปไหนก่อนก็ได้'],
  actions: [{ label: 'เมนู', action: 'menu.open', style: 'plain' }],
};

export const chineseCard: CardView = {
  title: '第 2 步，共 4 步 · 点位 1',
  tag: { text: '✓ 已通过', tone: 'success' },
  body: ['请拍摄店铺正面：站在街对面，拍全门和招牌。'],
  actions: [{ label: '开始推广', action: 'promotion.start', style: 'primary' }],
};

/** A view as the template's parameters. */
export function paramsOf(view: CardView): Record<string, string> {
  return { ...toCardParams(view, { subject: { kind: 'draft', id: 'd1' }, version: 1, round: 0 }, new Map()) };
}

/** Delivers a view as a new card into a person's chat. */
export async function deliver(sandbox: TestSandbox, outTrackId: string, view: CardView, to = 'staff1'): Promise<void> {
  const answer = await sandbox.api(
    'POST',
    '/v1.0/card/instances/createAndDeliver',
    aCard(outTrackId, to, paramsOf(view)),
  );
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
}

/** Changes a delivered card. */
export async function redraw(sandbox: TestSandbox, outTrackId: string, view: CardView): Promise<void> {
  const cardData = { cardParamMap: paramsOf(view) };
  const answer = await sandbox.api('PUT', '/v1.0/card/instances', { outTrackId, cardData });
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
}
