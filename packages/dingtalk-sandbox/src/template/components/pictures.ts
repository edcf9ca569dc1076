import { asText } from '../as-text.ts';
import { bound, boundText } from '../bindings.ts';
import { isRecord } from '../card-data.ts';
import type { Renderer } from '../drawing.ts';
import type { Json, Props } from '../template.ts';
import { addressOf } from './signs.ts';

/** Sides of an avatar by its size's name, in pixels. */
const AVATARS: Readonly<Record<string, number>> = { extraSmall: 20, small: 24, middle: 32, large: 40, extraLarge: 48 };

const image: Renderer = ({ props }, { scope, mediaUrl }) => {
  const value = bound(props.images ?? props.imageUrl, scope);
  const several = Array.isArray(value) ? (value as readonly Json[]) : [value];
  return several
    .map(asText)
    .filter((url) => url !== '')
    .map((url) => ({
      kind: 'image',
      url: addressOf(url, mediaUrl),
      alt: boundText(props.hoverText ?? props.name, scope),
      size: sizeOf(props),
    }));
};

/** An Avatar without a picture shows the name's first letter. */
const avatar: Renderer = ({ props }, { scope, mediaUrl }) => {
  const url = boundText(props.imageUrl ?? props.images, scope);
  const alt = boundText(props.name ?? props.hoverText, scope);
  if (url === '' && alt === '') return [];
  const custom = props.sizeType === 'Custom' && typeof props.customSize === 'number' ? props.customSize : undefined;
  const side = custom ?? AVATARS[asText(props.size)] ?? 32;
  return [
    {
      kind: 'image',
      url: url === '' ? '' : addressOf(url, mediaUrl),
      alt,
      size: { width: side, height: side, round: true },
    },
  ];
};

export const PICTURES: Readonly<Record<string, Renderer>> = { Image: image, Avatar: avatar };

/** A picture of a fixed width and height; one as wide as the card has none. */
function sizeOf({ width, height, imageType }: Props): { width: number; height: number; round: boolean } | undefined {
  const pixels = pixelsOf(width);
  if (pixels === undefined || (imageType !== undefined && imageType !== 'fixedSize')) return undefined;
  return { width: pixels, height: pixelsOf(height) ?? pixels, round: false };
}

function pixelsOf(length: Json | undefined): number | undefined {
  if (typeof length === 'number') return length;
  if (!isRecord(length) || length.valueType === 'full' || length.full === true) return undefined;
  return typeof length.value === 'number' ? length.value : undefined;
}
