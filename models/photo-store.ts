/** Where kept photos are, each under the sha256 of its JPEG (`contentHash`). */
export interface PhotoStore {
  /** Keeps a photo; doing it again changes nothing. */
  put(contentHash: string, jpeg: Buffer): Promise<void>;
  get(contentHash: string): Promise<Buffer | undefined>;
  has(contentHash: string): Promise<boolean>;
  /**
   * Begins to remove a photo: from now on it is not there, and whoever puts it again keeps it anew. What was put before can be seen
   * by then as a picture under way or a photo; then it is brought back, else removed for good.
   */
  setAside(contentHash: string): Promise<void>;
  bringBack(contentHash: string): Promise<void>;
  /** Removes for good what was set aside, unless it was put again meanwhile. */
  removeAside(contentHash: string): Promise<void>;
  /** Removes what was being put before then, by the machine's clock, when a process died, and was not put since; answers how much. */
  removeCutOff(before: number): Promise<number>;
}
