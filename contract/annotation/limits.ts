/** What a drawing may be, held by the page that draws, the page that shows, and the server. */
export const annotationLimits = {
  /** Points of one freehand drawing after simplification. */
  pointsPerDrawing: 2_000,
  /** Points of one batch of a stroke on its way. */
  pointsPerBatch: 200,
  /** Drawings of one session that are on a picture at the same time. */
  drawingsPerSession: 200,
  textLength: 200,
  /** Bytes of one picture: 1280x720 as WebP or JPEG of quality 0.8 is some 100 kB. */
  pictureBytes: 600_000,
  pictureSide: 4_096,
  /** How many pictures one participant may add to a session. */
  picturesPerParticipant: 500,
} as const;
