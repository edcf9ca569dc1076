import type { RenderedSign } from '../../protocol/rendered.ts';
import { asText } from '../as-text.ts';
import { bound, boundText } from '../bindings.ts';
import { isRecord } from '../card-data.ts';
import type { Drawing } from '../drawing.ts';
import type { Json } from '../template.ts';

type SignProps = { readonly [key: string]: Json };

/** A picture before a title or a text, in pixels, as the exports' compiled layouts have it. */
const SIDE = 16;

/** What stands before words: a picture by its address, undefined where there is none. */
export function picture(value: string, { mediaUrl }: Drawing, side = SIDE): RenderedSign | undefined {
  if (value === '') return undefined;
  return { kind: 'image', url: addressOf(value, mediaUrl), alt: '', size: { width: side, height: side, round: false } };
}

/** A title's `{type: image, url}`. */
export function titleSign(icon: Json | undefined, drawing: Drawing): RenderedSign | undefined {
  const url = isRecord(icon) && typeof icon.url === 'string' ? icon.url : boundText(icon, drawing.scope);
  return picture(url, drawing);
}

/** The sign of a text or a button: `iconFont` is an icon by name, `icon` a picture; `iconType` says which. */
export function signOf(props: SignProps, drawing: Drawing): RenderedSign | undefined {
  if (props.iconType === 'image') return picture(boundText(props.icon, drawing.scope), drawing);
  const name = iconName(props.iconFont, drawing);
  return name === '' ? undefined : { kind: 'icon', name };
}

/** `{type: icon, icon: name}`, in a `dynamicIcon` or by itself. */
export function iconName(icon: Json | undefined, { scope }: Drawing): string {
  const value = bound(icon, scope);
  return asText(isRecord(value) ? value.icon : isRecord(icon) ? (icon.icon ?? value) : value);
}

/** DingTalk's media ids begin with `@` or `$`. */
export function addressOf(value: string, mediaUrl: (mediaId: string) => string): string {
  return /^[@$]/.test(value) ? mediaUrl(value) : value;
}
