import { addAudit } from '../../models/audit.ts';
import { addCard, type CardLine, touchCards, touchCardsOf, wantCard } from '../../models/cards.ts';
import { addToOutbox } from '../../models/outbox.ts';
import { changePerson, findPerson } from '../../models/people.ts';
import { derivedId } from '../ids.ts';
import type { Context, WantedMove, WorkingContent } from './context.ts';

/** Said on a working card that was left behind. */
export const CONTINUED_BELOW: CardLine = { key: 'folded.continued' };

/** Carries out what a handler recorded, in its own transaction: cards, sends, audit, the person's working card. */
export async function commitEffects(ctx: Context): Promise<void> {
  const { effects, tx } = ctx;
  for (const subject of effects.touched) await touchCards(subject, tx);
  for (const userId of effects.viewers) await touchCardsOf(userId, tx);
  if (effects.becomes !== undefined) await turnIntoRecord(ctx, effects.becomes);
  if (effects.working !== undefined) await showWorking(ctx, effects.working);
  if (effects.move !== undefined) await askForMove(ctx, effects.move);
  for (const { userId, content } of effects.shownTo) {
    const other = await findPerson(userId, tx);
    if (other !== undefined) await showBelow({ ...ctx, person: other }, content, CONTINUED_BELOW);
  }
  for (const record of effects.records) {
    const { intent, to, ...rest } = record;
    const outTrackId = derivedId('record', intent);
    await sendCard(
      ctx,
      { ...rest, viewer: to, outTrackId, line: rest.line },
      rest.kind === 'line' ? 'answer' : 'notice',
    );
  }
  await addAudit(
    effects.audit.map((entry) => ({ ...entry, at: ctx.now, by: ctx.person.userId, cause: ctx.update.id })),
    tx,
  );
}

async function turnIntoRecord(
  ctx: Context,
  content: { view: string; subject: WorkingContent['subject'] },
): Promise<void> {
  const working = ctx.person.workingCard;
  if (working === undefined) return;
  await wantCard(working, { kind: 'record', ...content, line: null }, ctx.tx);
  ctx.person = await changePerson(ctx.person.userId, { workingCard: null, move: null }, ctx.tx);
}

async function showWorking(ctx: Context, content: WorkingContent): Promise<void> {
  const working = ctx.person.workingCard;
  const tapped = ctx.update.kind === 'tap' ? ctx.card : undefined;
  const inPlace = working !== undefined && ctx.update.kind === 'tap' && tapped?.kind !== 'record';
  if (!inPlace) return await showBelow(ctx, content, CONTINUED_BELOW);
  await wantCard(working, { view: content.view, subject: content.subject, line: content.line ?? null }, ctx.tx);
  if (tapped !== undefined && tapped.outTrackId !== working) {
    await wantCard(tapped.outTrackId, { folded: tapped.folded ?? CONTINUED_BELOW }, ctx.tx);
  }
}

/** Sends the working card anew, below everything; the old one folds once the new one has arrived. */
export async function showBelow(
  ctx: Context,
  content: WorkingContent,
  foldLine: CardLine,
  name = ctx.update.id,
): Promise<void> {
  const outTrackId = derivedId('working', ctx.person.userId, name);
  await sendCard(
    ctx,
    { ...content, line: content.line, outTrackId, viewer: ctx.person.userId, kind: 'working' },
    'answer',
    ctx.person.workingCard === undefined ? undefined : { outTrackId: ctx.person.workingCard, line: foldLine },
  );
  ctx.person = await changePerson(ctx.person.userId, { workingCard: outTrackId, move: null }, ctx.tx);
}

async function sendCard(
  ctx: Context,
  card: Parameters<typeof addCard>[0],
  priority: 'answer' | 'notice',
  folds?: { outTrackId: string; line: CardLine },
): Promise<void> {
  const added = await addToOutbox(
    {
      intent: card.outTrackId,
      outTrackId: card.outTrackId,
      ...(folds === undefined ? {} : { folds }),
      priority,
      dueAt: ctx.now,
    },
    ctx.tx,
  );
  if (added) await addCard(card, ctx.tx);
}

async function askForMove(ctx: Context, move: WantedMove): Promise<void> {
  const owed = ctx.person.move;
  const line = move.line ?? owed?.line;
  const content = move.content ?? owed?.content;
  const belowForm = move.belowForm ?? owed?.belowForm;
  ctx.person = await changePerson(
    ctx.person.userId,
    {
      move: {
        id: owed?.id ?? ctx.update.id,
        since: owed?.since ?? ctx.now,
        dueAt: Math.max(owed?.dueAt ?? 0, ctx.now + move.afterMs),
        photos: (owed?.photos ?? 0) + move.photos,
        evenForm: move.evenForm || owed?.evenForm === true,
        ...(line !== undefined && { line }),
        ...(content !== undefined && { content }),
        ...(belowForm !== undefined && { belowForm }),
      },
    },
    ctx.tx,
  );
}
