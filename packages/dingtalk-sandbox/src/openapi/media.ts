import { oldApiError } from '../http/api-errors.ts';
import type { FilePart } from '../http/body.ts';
import type { World } from '../world/world.ts';
import type { ApiAnswer, ApiCall } from './call.ts';

const MEGABYTE = 1024 * 1024;

/** Contract 3.3: what each type may be and how large. */
const TYPES: Readonly<Record<string, { maxBytes: number; endings: readonly string[] }>> = {
  image: { maxBytes: 20 * MEGABYTE, endings: ['jpg', 'jpeg', 'gif', 'png', 'bmp'] },
  voice: { maxBytes: 2 * MEGABYTE, endings: ['amr', 'mp3', 'wav'] },
  video: { maxBytes: 20 * MEGABYTE, endings: ['mp4'] },
  file: { maxBytes: 20 * MEGABYTE, endings: ['doc', 'docx', 'xls', 'xlsx', 'ppt', 'pptx', 'zip', 'pdf', 'rar'] },
};

/** `POST /media/upload`. Whose card an image will stand on is not known yet: see `countPictures`. */
export function mediaUpload(world: World, call: ApiCall): ApiAnswer {
  const type = call.multipart?.fields.get('type') ?? call.query.get('type') ?? '';
  const rule = TYPES[type];
  if (rule === undefined) throw oldApiError(40004, '不合法的媒体文件类型');
  const part = call.multipart?.files.find((file) => file.name === 'media');
  if (part === undefined) throw oldApiError(41005, '缺少多媒体文件数据');
  if (part.bytes.length === 0 || part.bytes.length > rule.maxBytes) throw oldApiError(40006, '不合法的文件大小');
  const ending = part.fileName.split('.').at(-1)?.toLowerCase() ?? '';
  if (!rule.endings.includes(ending)) throw oldApiError(40005, '不合法的文件类型');
  if (type === 'image' && !looksLikeImage(part)) throw oldApiError(40009, '不合法的图片');
  const mediaId = world.files.addMedia({ clientId: call.clientId, type, fileName: part.fileName, bytes: part.bytes });
  const body = { errcode: 0, errmsg: 'ok', type, media_id: mediaId, created_at: world.clock.now() };
  return { body, forUsers: [] };
}

function looksLikeImage({ bytes }: FilePart): boolean {
  const begin = bytes.subarray(0, 4).toString('latin1');
  return ['\xff\xd8\xff', '\x89PNG', 'GIF8', 'BM'].some((magic) => begin.startsWith(magic));
}
