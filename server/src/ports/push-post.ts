/** One encrypted message for one browser, as RFC 8030 has it. */
export interface PushMessage {
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** Hands a message to the browser maker's push service and says its HTTP status; throws where it can't be reached. */
export type PostPush = (message: PushMessage) => Promise<number>;
