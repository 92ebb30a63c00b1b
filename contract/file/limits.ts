/** What files may be, held by the page that makes them and by the server. */
export const fileLimits = {
  /** Bytes of one picture: a phone's still of 12 megapixels as JPEG has 3 to 8 MB. */
  screenshotBytes: 25_000_000,
  /** Of its small version, for transcripts and cards. */
  thumbnailBytes: 60_000,
  /** Pixels of the longer side; a phone's best still has some 4,100 to 8,000. */
  screenshotSide: 10_000,
  screenshotsPerSession: 300,
  versionsPerScreenshot: 50,
  /** Uploads that one person may have under way at once. */
  uploadsUnderWay: 12,
  /** One without a byte for this long does not count as under way; it can still be gone on with. */
  uploadIdleMs: 10 * 60_000,
  /** An upload that no fact names is removed after this time without a byte. */
  uploadPatienceMs: 24 * 3_600_000,
} as const;
