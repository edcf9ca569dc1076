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
wipe with within without word words work works write wrong year yes yesterday yet you your yours yourself 语言`;

/** Harder ones, by why they are allowed. */
export const HARDER_WORDS = {
  /** The programme's and DingTalk's own names. */
  names: `\
alipay api com deploy-then-verify dingtalk dingtalk's https information iso iso's isos kiosk linker mail merchant merchant-presented mode nd org partners
posm posms qr rd sftp st supplement th userid user-presented verification verify-then-deploy`,
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
edition erased expired firmly flash folder formats forward install invitation invitations limit limits link log-in meanwhile mention
neither nobody nobody's nor nowhere offline opens optional original overdue pace password paste pause paused primary quicker
rate rates readable reason recall refuse refused replace replaces request requests resume sharp somebody staff tap tick ticked ticks unsafe
whoever whom withdraw`,
} as const;
