import { hasNextDay } from '../state/chats.ts';
import { demoNow } from '../state/demo-clock.ts';
import { dayOf } from '../state/message-time.ts';
import { nightPasses, passNight } from '../state/next-day.ts';
import { words } from '../state/words.ts';
import { TryStrip } from './try-strip.tsx';

/** Stands over everything: what day it is in the demo, what to try, and the way to the next day. */
export function DemoBar() {
  return (
    <header class="demo-bar">
      <p class="demo-day">{dayOf(demoNow())}</p>
      <TryStrip />
      {hasNextDay.value && <NextDay />}
    </header>
  );
}

function NextDay() {
  const passing = nightPasses.value;
  const { day } = words.value;
  return (
    <button
      type="button"
      class="next-day"
      aria-busy={passing}
      aria-disabled={passing}
      data-testid="next-day"
      title={day.why}
      onClick={() => void passNight()}
    >
      {passing && <span class="spinner" aria-hidden="true" />}
      <span>
        {passing ? day.passes : day.next}
        <span class="next-day-does">{day.does}</span>
      </span>
    </button>
  );
}
