/** Lengths in UTF-16 units, times in milliseconds, unless the name says otherwise. Both sides hold these. */
export const limits = {
  nameLength: 80,
  emailLength: 254,
  passwordMinLength: 10,
  passwordMaxLength: 200,
  subjectLength: 160,
  messageLength: 4000,
  searchLength: 200,
  pageSize: 25,
  /** The largest page of events in one answer; the client asks again from where it stopped. */
  eventsPerAnswer: 500,
  /** Bytes of one HTTP request body. The largest is a parked offer: two session descriptions of at most 64 KB. */
  bodyBytes: 200_000,
  /** Bytes of one socket message. */
  socketMessageBytes: 20_000,
  /** Sockets that are open from one address at the same time, unless the operator says otherwise; each open page has one. */
  socketsPerAddress: 500,
  /** Streams one socket may follow at once. */
  followedStreams: 50,
  /** A participant whose tab is gone counts as left after this. */
  leaveGraceMs: 120_000,
  /** A scheduled session lets its customers in so long before its time; employees always. */
  joinEarlyMs: 15 * 60_000,
  /** How long a link for a new password works. */
  resetMinutes: 60,
  invitationDays: 7,
  loginDays: 30,
  deviceDays: 400,
} as const;
