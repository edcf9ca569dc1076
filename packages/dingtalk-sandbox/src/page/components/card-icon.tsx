/** DingTalk's icons are a font of its own: these stand for the kinds that templates use, any other is a dot. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/dislike/, 'M7 4h9l2.500 8H14l1 6.500-2.500 1L8 13H7zM4 4h3v9H4z'],
  [/like/, 'M7 20h9l2.500-8H14l1-6.500-2.500-1L8 11H7zM4 20h3v-9H4z'],
  [/right/, 'm9 5 7 7-7 7'],
  [/down/, 'm5 9 7 7 7-7'],
  [/left/, 'm15 5-7 7 7 7'],
  [/up/, 'm5 15 7-7 7 7'],
  [/send/, 'M4 12 20 4l-4.500 16-4-6.500zM11.500 13.500 20 4'],
  [/accept|check/, 'm5 13 4.500 4.500L19 7'],
  [/refuse|close/, 'M6 6l12 12M18 6 6 18'],
  [/copy/, 'M9 9h10v11H9zM5 15V4h10v2'],
];
const DOT = 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z';

/** A picture sign by its name in DingTalk's set, filled where the name says so. */
export function CardIcon({ name }: { readonly name: string }) {
  const shape = SHAPES.find(([pattern]) => pattern.test(name.toLowerCase()))?.[1] ?? DOT;
  return (
    <svg
      class={/fill/.test(name) ? 'card-icon card-icon-filled' : 'card-icon'}
      viewBox="0 0 24 24"
      width="18"
      height="18"
      role="img"
      aria-label={name}
    >
      <path d={shape} />
    </svg>
  );
}
