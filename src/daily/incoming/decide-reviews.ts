import { DAY_MS } from '@field/kit/calendar';
import type { Appeal } from '../../../models/appeals.ts';
import type { DataNotice } from '../../../models/data-notices.ts';
import { concernedBy, type Item, type ItemJudgement } from '../../../models/item-rows.ts';
import { isOpenAppeal } from '../../domain/appeal-state.ts';
import { remedyDeadline } from '../../domain/remedy-deadline.ts';
import { judge } from '../../domain/review-decision.ts';
import { isFailed, type ReviewState } from '../../domain/review-state.ts';
import { deadlineRule, type ShopPlace } from '../../programme/deadline-rule.ts';
import type { VersionedProgramme } from '../../programme/versioned-programme.ts';
import type { Outcome } from './kind.ts';
import type { ReviewRow } from './review-row.ts';

/** What is known of everything that a batch of rows names. */
export interface ReviewFacts {
  readonly items: readonly Item[];
  /** Those that rows name, and those that are open against the items. */
  readonly appeals: readonly Appeal[];
  /** Where each item's shop is. */
  readonly placeOf: (item: Item) => ShopPlace;
  /** The programme of a version: those of the items, and of the appeals. */
  readonly programmeAt: (version: number) => VersionedProgramme;
  /** The one that is worked by now. */
  readonly inUse: VersionedProgramme;
  /** Milliseconds. */
  readonly now: number;
  /** Where each of the rows begins in its file. */
  readonly lines?: readonly number[] | undefined;
}

/** How an appeal comes to its end. */
type AppealEnd = Pick<Appeal, 'state' | 'decidedAt' | 'answer' | 'answerLanguage'>;

/** What a batch of rows makes of it: nothing is changed by deciding. */
export interface DecidedReviews {
  /** One a row. */
  readonly outcomes: readonly Outcome[];
  /** Items as they were and as they are to be; `steps`: what the rows made of each, one after the other. */
  readonly items: readonly (Changed<Item> & { readonly steps: readonly ReviewState[] })[];
  readonly appeals: readonly (Changed<Appeal> & { readonly change: AppealEnd })[];
  /** Items whose modification was begun and has nothing left to put right. */
  readonly mootModifications: readonly string[];
  /** Who has news, by the day of the data that brought it. */
  readonly news: readonly { readonly dataDate: string; readonly isoId: string; readonly userId: string }[];
  readonly unknownReasons: readonly DataNotice[];
}

interface Changed<Subject> {
  readonly before: Subject;
  readonly after: Subject;
  /** Where the last row that changed it begins in its file. */
  readonly line?: number | undefined;
}

/** Decides row after row, each on what the ones before it left; by `judge`, so that their order does not matter (domain A.12-7, 8). */
export function decideReviews(rows: readonly ReviewRow[], facts: ReviewFacts): DecidedReviews {
  const batch = new ReviewBatch(facts);
  const outcomes = rows.map((row, index) => batch.decide(row, facts.lines?.[index]));
  return { outcomes, ...batch.changes() };
}

/** One batch being decided: what is known of it, as the rows so far have left it. */
class ReviewBatch {
  readonly #facts: ReviewFacts;
  readonly #items: Map<string, Item>;
  readonly #steps = new Map<string, ReviewState[]>();
  readonly #appeals: Map<string, Appeal>;
  readonly #appealChanges = new Map<string, AppealEnd>();
  /** By the id of what was changed. */
  readonly #lines = new Map<string, number | undefined>();
  #line: number | undefined;
  readonly #mootModifications: string[] = [];
  readonly #news: DecidedReviews['news'][number][] = [];
  readonly #unknownReasons: DataNotice[] = [];

  constructor(facts: ReviewFacts) {
    this.#facts = facts;
    this.#items = new Map(facts.items.map((item) => [item.itemRef, item]));
    this.#appeals = new Map(facts.appeals.map((appeal) => [appeal.appealId, appeal]));
  }

  decide(row: ReviewRow, line: number | undefined): Outcome {
    this.#line = line;
    // a mistyped year would stand against every later decision
    if (row.decidedAt > this.#facts.now + DAY_MS) return { outcome: 'malformed', reason: 'decidedAt is in the future' };
    const outcome = row.itemType === 'APPEAL' ? this.#answerAppeal(row) : this.#judgeItem(row);
    if (outcome.outcome === 'applied') this.#noteUnknown(row);
    return outcome;
  }

  changes(): Omit<DecidedReviews, 'outcomes'> {
    const items = this.#facts.items.flatMap((before) => {
      const after = this.#items.get(before.itemRef);
      if (after === undefined || after === before) return [];
      const { itemRef } = before;
      return [{ before, after, steps: this.#steps.get(itemRef) ?? [], line: this.#lines.get(itemRef) }];
    });
    const appeals = this.#facts.appeals.flatMap((before) => {
      const change = this.#appealChanges.get(before.appealId);
      const line = this.#lines.get(before.appealId);
      return change === undefined ? [] : [{ before, after: { ...before, ...change }, change, line }];
    });
    const [mootModifications, news, unknownReasons] = [this.#mootModifications, this.#news, this.#unknownReasons];
    return { items, appeals, mootModifications, news, unknownReasons };
  }

  /** What neither the programme of the submission knows nor the one in use. */
  #noteUnknown({ isoId, itemType, itemRef, reasonCodes }: ReviewRow): void {
    const about = itemType === 'APPEAL' ? this.#appeals.get(itemRef) : this.#items.get(itemRef);
    const { reasons } = this.#readBy(about?.programme, reasonCodes);
    for (const what of reasonCodes.filter((code) => !reasons.knows(code)))
      this.#unknownReasons.push({ kind: 'unknownReason', isoId, what });
  }

  /** A reason is read by the programme that something was submitted under; one that it does not know yet, by the one in use. */
  #readBy(version: number | undefined, codes: readonly string[]): VersionedProgramme {
    const { inUse, programmeAt } = this.#facts;
    const own = version === undefined ? inUse : programmeAt(version);
    const known = ({ reasons }: VersionedProgramme): number => codes.filter((code) => reasons.knows(code)).length;
    return known(inUse) > known(own) ? inUse : own;
  }

  #judgementOf(row: ReviewRow, submittedUnder: number): ItemJudgement {
    const { submissionRevision: revision, decision, decidedAt, dataDate, sourceRowKey, remedy, deadlineAt } = row;
    const { version, reasons } = this.#readBy(submittedUnder, row.reasonCodes);
    const unknown = row.reasonCodes.filter((code) => !reasons.knows(code));
    const codes = new Set(row.reasonCodes.map((code) => reasons.of(code).code));
    if (codes.size === 0 && isFailed(decision)) codes.add(reasons.of(undefined).code);
    return {
      revision,
      decision,
      reasonCodes: [...codes],
      programme: version === submittedUnder ? undefined : version,
      decidedAt,
      dataDate,
      sourceRowKey,
      // the words of a reason that nobody knows here, if the reviewer wrote no others
      text: row.reasonText ?? (unknown.length > 0 ? unknown.join(', ') : undefined),
      language: row.reasonLang,
      remedy,
      deadlineAt,
    };
  }

  #judgeItem(row: ReviewRow): Outcome {
    const item = this.#items.get(row.itemRef);
    // another ISO's item is not there for this one
    if (item?.isoId !== row.isoId) return { outcome: 'unmatched', reason: 'unknownItem' };
    if (item.itemType !== row.itemType) return { outcome: 'unmatched', reason: 'otherItemType' };
    const judgement = this.#judgementOf(row, item.programme);
    const judging = judge(item, judgement);
    if (judging.outcome !== 'applied') return judging;
    const { news } = judging;
    // a failure whose appeal waits for its answer waits with it; one against an earlier revision answers nothing of this one
    const isAppealed = this.#openAppeals(item).some(({ againstRevision }) => againstRevision === item.revision);
    const state = isFailed(judging.state) && isAppealed ? 'APPEALING' : judging.state;
    this.#set({ ...item, state, judgement, deadlineAt: this.#deadline(item, state, judgement, news) });
    if (news) for (const userId of concernedBy(item)) this.#tell(item.isoId, userId, row);
    const isFine = state === 'APPROVED';
    if (item.state === 'MODIFYING' && (isFine || state === 'PENDING')) this.#mootModifications.push(item.itemRef);
    if (isFine) this.#closeAppeals(item, row.decidedAt);
    return { outcome: 'applied' };
  }

  /** Fixed when a failure lands, and not moved when it is said again. */
  #deadline(item: Item, state: ReviewState, judgement: ItemJudgement, news: boolean): number | undefined {
    if (state === 'REJECTED_FINAL' || state === 'LAPSED') return item.deadlineAt;
    if (state === 'APPROVED' || state === 'PENDING' || judgement.remedy === 'NONE') return undefined;
    if (judgement.deadlineAt !== undefined) return judgement.deadlineAt;
    if (!news && item.deadlineAt !== undefined) return item.deadlineAt;
    const { now, programmeAt, placeOf } = this.#facts;
    const { reasons } = programmeAt(judgement.programme ?? item.programme);
    const said = judgement.reasonCodes.map((code) => reasons.of(code));
    const { programme } = programmeAt(item.programme);
    return remedyDeadline(now, deadlineRule(programme, placeOf(item), said));
  }

  /** There is nothing left to appeal against. */
  #closeAppeals(item: Item, at: number): void {
    for (const appeal of this.#openAppeals(item)) this.#change(appeal, { state: 'EXPIRED', decidedAt: at });
  }

  #openAppeals({ itemRef }: Item): readonly Appeal[] {
    return [...this.#appeals.values()].filter((appeal) => appeal.itemRef === itemRef && isOpenAppeal(appeal.state));
  }

  #answerAppeal(row: ReviewRow): Outcome {
    const appeal = this.#appeals.get(row.itemRef);
    if (appeal?.isoId !== row.isoId) return { outcome: 'unmatched', reason: 'unknownItem' };
    if (row.decision === 'PENDING') return { outcome: 'unchanged', reason: 'stillPending' };
    const answer = row.decision === 'APPROVED' ? 'ACCEPTED' : 'DENIED';
    switch (appeal.state) {
      case 'DRAFT':
        return { outcome: 'unmatched', reason: 'appealNotFiled' };
      case 'WITHDRAWN':
      case 'EXPIRED':
        return { outcome: 'superseded', reason: 'appealIsOver' };
      case 'ACCEPTED':
      case 'DENIED':
        return appeal.state === answer
          ? { outcome: 'unchanged', reason: 'knownAlready' }
          : { outcome: 'conflict', reason: 'answeredAlready' };
      case 'FILED':
        this.#change(appeal, {
          state: answer,
          decidedAt: row.decidedAt,
          answer: row.reasonText,
          answerLanguage: row.reasonLang,
        });
        this.#tell(appeal.isoId, appeal.ownerId ?? appeal.userId, row);
        this.#answerItem(appeal, answer === 'ACCEPTED', row);
        return { outcome: 'applied' };
    }
  }

  /** The answer counts for the item as a judgement of that time would, unless the item has been judged again since. */
  #answerItem(appeal: Appeal, accepted: boolean, row: ReviewRow): void {
    const item = this.#items.get(appeal.itemRef);
    const last = item?.judgement;
    if (item === undefined || last === undefined || item.revision !== appeal.againstRevision) return;
    if (item.state !== 'APPEALING' && item.state !== 'PENDING') return;
    const judgedSince = last.decidedAt > row.decidedAt;
    if (judgedSince && item.state === 'PENDING') return;
    const answered = { ...this.#judgementOf(row, item.programme), revision: item.revision };
    if (!accepted) {
      // what the appeal was against stands; the words are those of the answer
      const programme = appeal.programme === item.programme ? undefined : appeal.programme;
      const denied = { ...answered, reasonCodes: appeal.againstReasonCodes, programme };
      const judgement = judgedSince ? last : denied;
      this.#set({ ...item, state: 'REJECTED_FINAL', judgement, deadlineAt: undefined });
    } else if (judgedSince) {
      const state = last.decision === 'INVALIDATED' ? last.decision : 'REJECTED';
      this.#set({ ...item, state, deadlineAt: this.#deadline(item, state, last, item.deadlineAt === undefined) });
    } else {
      this.#set({ ...item, state: 'APPROVED', judgement: answered, deadlineAt: undefined });
    }
  }

  #set(item: Item): void {
    const { itemRef, state } = item;
    this.#items.set(itemRef, item);
    this.#lines.set(itemRef, this.#line);
    this.#steps.set(itemRef, [...(this.#steps.get(itemRef) ?? []), state]);
  }

  #change(appeal: Appeal, change: AppealEnd): void {
    this.#appeals.set(appeal.appealId, { ...appeal, ...change });
    this.#appealChanges.set(appeal.appealId, change);
    this.#lines.set(appeal.appealId, this.#line);
  }

  #tell(isoId: string, userId: string, { dataDate }: ReviewRow): void {
    this.#news.push({ dataDate, isoId, userId });
  }
}
