interface Props {
  readonly name: string;
  /** Chooses the colour, so that a person keeps it. */
  readonly id: string;
}

const COLOURS = 6;

/** A round sign for a person: the first letters of the name. The name itself always stands beside it. */
export function Avatar({ name, id }: Props) {
  const colour = [...id].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % COLOURS;
  const initials = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('');
  return (
    <span class={id === 'bot' ? 'avatar avatar-bot' : `avatar avatar-${colour}`} aria-hidden="true">
      {id === 'bot' ? '✓' : initials}
    </span>
  );
}
