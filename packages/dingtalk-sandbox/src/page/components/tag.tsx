interface Props {
  readonly text: string;
  readonly color: string;
}

const TONES = [
  [/green|success/i, 'green'],
  [/orange|yellow|warn/i, 'orange'],
  [/red|danger|error/i, 'red'],
  [/blue|info|primary/i, 'blue'],
] as const;

/** A short status beside a title. */
export function Tag({ text, color }: Props) {
  const tone = TONES.find(([pattern]) => pattern.test(color))?.[1] ?? 'gray';
  return <span class={`tag tag-${tone}`}>{text}</span>;
}
