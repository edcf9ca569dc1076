/**
 * The words of the English texts: somebody with little English reads them (wording rule 7). A new text is said with these where it can
 * be; a word that is as easy may join them.
 */
export const PLAIN_WORDS = `\
a about above batch lost accepted across add address after afternoon again ago agree agreed agrees all allow alone already also amount an
and another answer answered answers any anything anyway app apps are arrive as ask asked asks at away back bad be been before
begin begun being belong belongs below beside better beyond big bit bot both bottom box branch brand brings building business
but buttons by café calls came camera can can't cancel cannot card cards change changed changes chat chat's check checked
checking choose city close close-up closed closer clothing colleague come comes complete computer copy correct corrected could count
country counts covered covers cut dark data day days decided decides decision did differs do does don't done door doubt doubts
down download e-mail each earlier else else's elsewhere end ended ends english enough entrance evening every everybody
everybody's everything example fail failed fails far fast fee fees few fields file files fill filled final find first fit fix flat floor food
for form found free from front full gave get gets gifts give given gives go goes good got group groups guests had hands hang hanging
happened has have hear hello help here hey hi hold hotel hour hours how i if in inside instead into invite invited invites is it
its itself join joined just keep kept kind know known language languages larger last late later lay least leave left let light
lights like line lines list listed lists location log long longer look looks lost made make mall many map marketing matches material may me
menu messages minute minutes missing moment mon money month month's monthly months more morning most move moved moves much must my name near
need needed needs never new newer next night no none nos not note noted nothing now number numbers of off offered old older
often on once one ones only open opening or order other others our out over own page paid part parts passed pay paying pays
people person phone photo photograph photos picture pictures place plain please pos possible print printed problem product products put
question questions queue read reads real really red region remove removed rest result results review right row rows run runs said same
sat save saved say says screen search see seen sees select send sending sends sent set settings share shop shop's shops short
should show showed shown shows sight sign since skip small smaller so some something speaks stand standing stands start starting
state stays step stick still stop stopped store stores street stuck such sure table take taken takes talk task tasks team tell tells
test than that the their theirs them then there these they thing things this through thrown time times tips to today today's
told tomorrow too took tool tried true try twice two type typed until up update us use used very video view visit visits wait waiting
waits wall want was way ways web website week welcome went were what when where which while who whole whose why wide will win window
wipe with within without word words work works write wrong year yes yesterday yet you your yours yourself ภาษา 语言`;

/** Harder ones, by why they are allowed. */
export const HARDER_WORDS = {
  /** The programme's and DingTalk's own names. */
  names: `\
alipay api com deploy-then-verify dingtalk dingtalk's information iso iso's isos kiosk linker mail merchant merchant-presented mode nd org partners
posm posms qr rd st supplement th userid user-presented verification verify-then-deploy`,
  /** What the guide and the trade call things, learnt on the first day. */
  trade: `\
acquirer acrylic admin admins appeal appeals approve approved attraction campaign cashier category code codes consent contact contacts
cosmetics counter coupons deploy deployed deployment digest display electronics eligible fee-eligible fraud inspect inspected
inspection inspections inspector legal licence manager manager's mobile modified modify organisation organisations packet packets
payment payments pharmacy policy poster posters programme promote promoted promotion promotions provider pushes quarter registration reject
rejected restaurant resubmit retire retired reviewer reviewers scan scans self-service shelf site sites souvenirs spot spots stall
sticker storefront submit submitted supermarket supervisor suspected terminal transport valid verified wallet wallet's wallets`,
  /** No easier word says it as shortly. */
  needed: `\
access account account's accounts active alike aside blurry browser characters clock compare compatible confirmed connection
continued contradicts convenience cookies daily damaged deadline deadlines design details discard discarded draft drafts due
edition erased expired firmly flash formats forward install invitation invitations limit limits link log-in meanwhile mention
neither nobody nobody's nor nowhere offline opens optional original overdue pace password paste pause paused primary quicker
rate rates readable reason recall refuse refused replace replaces request requests resume sharp somebody staff tap tick ticked ticks unsafe
whoever whom withdraw`,
} as const;

/** A word that says what another says already, and which one does. */
interface Twin {
  readonly twin: RegExp;
  readonly instead: string;
}

/**
 * In the other languages: one thing has one word, that of `cards/locales/GLOSSARY.md`. Whoever reads two takes them for two things
 * (wording rule 6).
 */
export const TWINS: Readonly<Record<'th' | 'zh-CN', readonly Twin[]>> = {
  th: [
    { twin: /รหัส(?!ผ่าน)|คิวอาร์|บาร์โค้ด/, instead: 'โค้ด' },
    { twin: /ร้านค้า|สโตร์|ช็อป|ห้างร้าน/, instead: 'ร้าน' },
    { twin: /สปอต|ตำแหน่ง(?!ที่ส่งมา)/, instead: 'จุด' },
    { twin: /ภาพ/, instead: 'รูป' },
    { twin: /ผู้ดูแล/, instead: 'แอดมิน' },
    { twin: /เจ้าหน้าที่/, instead: 'พนักงาน' },
    { twin: /หมายเลข|เบอร์โทรศัพท์/, instead: 'เบอร์โทร' },
    { twin: /ยื่น/, instead: 'ส่งตรวจ' },
    { twin: /ตรวจสอบ/, instead: 'ตรวจ' },
    { twin: /จ่ายเงิน/, instead: 'ชำระเงิน' },
    { twin: /(?<!า)กด|คลิก/, instead: 'แตะ' },
    { twin: /แบบร่าง/, instead: 'ร่าง' },
    { twin: /นโยบาย/, instead: 'ข้อกำหนด' },
    { twin: /อีเมล์|เค้าน์เตอร์/, instead: 'อีเมล, เคาน์เตอร์' },
  ],
  'zh-CN': [
    { twin: /编码|代码|条码/, instead: '码' },
    { twin: /门店|商店|商家|店家/, instead: '店铺' },
    { twin: /位点|摆放点/, instead: '点位' },
    { twin: /相片/, instead: '照片' },
    { twin: /管理者/, instead: '管理员' },
    { twin: /职员/, instead: '员工' },
    { twin: /手机号码/, instead: '手机号' },
    { twin: /递交/, instead: '提交' },
    { twin: /批准/, instead: '通过' },
    { twin: /审查/, instead: '审核' },
    { twin: /点击|点按|轻触/, instead: '点' },
    { twin: /柜台/, instead: '收银台' },
    { twin: /帐号|账户/, instead: '账号' },
    { twin: /经理/, instead: '店长' },
    { twin: /你(?!好)/, instead: '您' },
    { twin: /政策/, instead: '布放规范' },
    { twin: /检查任务|巡检任务/, instead: '核验任务' },
    { twin: /近照/, instead: '近景照' },
  ],
};
