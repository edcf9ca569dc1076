/** Where kept photos are, each under the sha256 of its JPEG (`contentHash`). */
export interface PhotoStore {
  /** Keeps a photo; doing it again changes nothing. */
  put(contentHash: string, jpeg: Buffer): Promise<void>;
  get(contentHash: string): Promise<Buffer | undefined>;
  has(contentHash: string): Promise<boolean>;
}
