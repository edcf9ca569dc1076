/** What a picture may weigh (architecture 4, domain A.5). */
export const LARGEST_PICTURE_BYTES = 20 * 1024 * 1024;

/** What may come over the line before a transfer is cut: room above the rule, so that "too big" is said, not guessed. */
export const LARGEST_TRANSFER_BYTES = 25 * 1024 * 1024;

/** Pixels of all pages together, from the header, before anything is decoded. Phones with sensors of 200 megapixels stay below. */
export const LARGEST_PICTURE_PIXELS = 210_000_000;

/**
 * What decoding one picture may hold at once (`decodingMemory`): a progressive JPEG of 27 megapixels, an AVIF of 8. What phones take as
 * plain JPEG is read line by line and stays far below, at any size.
 */
export const LARGEST_DECODING_BYTES = 160 * 1024 * 1024;

/** The short side below which nobody can judge a photo; a close-up whose code was read is large enough. */
export const SMALLEST_SIDE = 480;

/** The long side photos are kept at: signs stay readable, and thirty photos stay under 20 MB. */
export const KEPT_LONG_SIDE = 2560;
