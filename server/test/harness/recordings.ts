import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { uploadsPath } from '#contract/file/upload.ts';
import type { SessionId } from '#contract/ids.ts';
import * as routes from '#contract/recording/http.ts';
import type { SessionEventBody } from '#contract/session/events.ts';
import * as sessions from '#contract/session/http.ts';
import { currentRecording, foldRecordings, type RecordingFacts } from '#core/recording/index.ts';
import { type Answer, type Client, newRequestId } from './client.ts';

/** The words of a yes or no. */
export const wording = { version: 2, language: 'en' } as const;

/** A small file as a recorder makes it. */
export const mediaFile = (name: 'part-1.mp4' | 'part-2.mp4' | 'part.webm'): Promise<Buffer> =>
  readFile(new URL(`../fixtures/${name}`, import.meta.url));

/** One person in one session, as their page asks. */
export class Taker {
  readonly client: Client;
  readonly sessionId: SessionId;
  readonly tabId: string = randomUUID();

  constructor(client: Client, sessionId: SessionId) {
    this.client = client;
    this.sessionId = sessionId;
  }

  async join(): Promise<this> {
    const body = { requestId: newRequestId(), tabId: this.tabId };
    await this.client.get(sessions.joinSession, { params: { sessionId: this.sessionId }, body });
    return this;
  }

  leave = () =>
    this.client.ask(sessions.leaveSession, {
      params: { sessionId: this.sessionId },
      body: { requestId: newRequestId(), tabId: this.tabId },
    });

  #ask(route: Parameters<Client['ask']>[0], params: Record<string, string>, body: object = {}): Promise<Answer> {
    const whole = { requestId: newRequestId(), ...body };
    return this.client.ask(route, { params: { sessionId: this.sessionId, ...params }, body: whole });
  }

  start = (recordingId: string) => this.#ask(routes.startRecording, {}, { recordingId, wording });
  answer = (recordingId: string, answer: 'yes' | 'no') =>
    this.#ask(routes.answerRecording, { recordingId }, { answer, wording });
  withdraw = (recordingId: string, keep: boolean) => this.#ask(routes.withdrawConsent, { recordingId }, { keep });
  begin = (recordingId: string, partId: string, type = 'video/mp4') =>
    this.#ask(routes.beginRecordingPart, { recordingId }, { partId, tabId: this.tabId, type });
  finish = (recordingId: string, partId: string) => this.#ask(routes.finishRecordingPart, { recordingId, partId });
  stop = (recordingId: string) => this.#ask(routes.stopRecording, { recordingId });

  /** Makes the upload of a part; its address is null where that was refused. */
  async upload(partId: string): Promise<{ answer: Answer; to: string }> {
    const metadata = Object.entries({ purpose: 'recording', sessionId: this.sessionId, partId })
      .map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
      .join(',');
    const headers = {
      ...this.#cookie(),
      'tus-resumable': '1.0.0',
      'upload-defer-length': '1',
      'upload-metadata': metadata,
    };
    const response = await fetch(this.client.origin + uploadsPath, { method: 'POST', headers });
    const text = await response.text();
    const { status, headers: said } = response;
    return { answer: { status, text, json: null, headers: said }, to: said.get('location') ?? '' };
  }

  /** Sends bytes from an offset; the status. */
  async patch(to: string, offset: number, bytes: Uint8Array): Promise<number> {
    const response = await fetch(this.client.origin + to, {
      method: 'PATCH',
      headers: {
        ...this.#cookie(),
        'tus-resumable': '1.0.0',
        'upload-offset': String(offset),
        'content-type': 'application/offset+octet-stream',
      },
      body: new Uint8Array(bytes),
    });
    await response.text();
    return response.status;
  }

  /** How far the upload is; null where that is not told. */
  async offset(to: string): Promise<number | null> {
    const headers = { ...this.#cookie(), 'tus-resumable': '1.0.0' };
    const response = await fetch(this.client.origin + to, { method: 'HEAD', headers });
    return response.ok ? Number(response.headers.get('upload-offset')) : null;
  }

  #cookie = () => ({ cookie: this.client.cookie });

  /** The session's log so far. */
  async log(): Promise<readonly sessions.SessionEvent[]> {
    const { events } = await this.client.get(sessions.sessionEvents, { params: { sessionId: this.sessionId } });
    return events;
  }

  /** The kinds of the events about recordings. */
  async story(): Promise<readonly SessionEventBody['kind'][]> {
    return (await this.log()).map(({ body }) => body.kind).filter((kind) => kind.startsWith('recording-'));
  }

  /** The recording that runs, or the last one. */
  async facts(): Promise<RecordingFacts> {
    const log = foldRecordings(await this.log());
    const found = currentRecording(log) ?? log.recordings.at(-1);
    if (found === undefined) throw new Error('nothing was recorded');
    return found;
  }

  /** Waits until it is in this state. */
  async until(state: routes.RecordingState): Promise<RecordingFacts> {
    for (let tries = 0; tries < 200; tries += 1) {
      const facts = await this.facts();
      if (facts.state === state) return facts;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`waited in vain for ${state}; it is ${(await this.facts()).state}`);
  }
}
