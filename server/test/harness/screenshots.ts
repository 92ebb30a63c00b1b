import { randomUUID } from 'node:crypto';
import * as files from '#contract/file/http.ts';
import { uploadsPath } from '#contract/file/upload.ts';
import type { Answer, Client } from './client.ts';
import { newRequestId } from './client.ts';
import { webp } from './pictures.ts';

/** The head of `Upload-Metadata` for these parts. */
const uploadMetadata = (parts: Readonly<Record<string, string>>): string =>
  Object.entries(parts)
    .map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
    .join(',');

/** Makes an upload, as tus does; the answer's text is its id. */
export async function makeUpload(client: Client, sessionId: string, length: number): Promise<Answer> {
  const headers = {
    'tus-resumable': '1.0.0',
    'upload-length': String(length),
    'upload-metadata': uploadMetadata({ purpose: 'screenshot', sessionId }),
  };
  const answer = await client.send('POST', uploadsPath, undefined, headers);
  return answer.status === 201 ? { ...answer, text: answer.headers.get('location')?.split('/').at(-1) ?? '' } : answer;
}

/** Brings a whole file; its upload's id. */
export async function uploadFile(client: Client, sessionId: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const made = await makeUpload(client, sessionId, bytes.length);
  const sent = await client.send('PATCH', `${uploadsPath}/${made.text}`, bytes, {
    'tus-resumable': '1.0.0',
    'upload-offset': '0',
    'content-type': 'application/offset+octet-stream',
  });
  if (sent.status !== 204) throw new Error(`an upload was answered ${made.status} ${sent.status} ${sent.text}`);
  return made.text;
}

/** The three files of a version, uploaded. */
export async function uploadVersion(client: Client, sessionId: string, bytes = webp()) {
  const [picture, painted, thumbnail] = [
    await uploadFile(client, sessionId, bytes),
    await uploadFile(client, sessionId, bytes),
    await uploadFile(client, sessionId, webp()),
  ];
  return { picture, painted, thumbnail };
}

/** Gives an upload up, if it is still there. */
export const giveUp = (client: Client, uploadId: string): Promise<Answer> =>
  client.send('DELETE', `${uploadsPath}/${uploadId}`, undefined, { 'tus-resumable': '1.0.0' });

/** Adds a version made of new uploads. */
export async function addVersion(
  client: Client,
  sessionId: string,
  screenshotId: string,
  wish: Readonly<Record<string, unknown>> = {},
): Promise<Answer> {
  const uploads = await uploadVersion(client, sessionId);
  const body = { requestId: newRequestId(), from: 0, ...uploads, drawings: [], blurred: false, ...wish };
  const answer = await client.ask(files.addScreenshotVersion, { params: { sessionId, screenshotId }, body });
  const { picture, painted, thumbnail } = body;
  for (const id of new Set([...Object.values(uploads), picture, painted, thumbnail])) if (id) await giveUp(client, id);
  return answer;
}

/** Takes one of somebody's camera; its id. */
export async function takeScreenshot(client: Client, sessionId: string, participantId: string): Promise<string> {
  const screenshotId = randomUUID();
  const body = { requestId: newRequestId(), screenshotId, of: { kind: 'camera', participantId } };
  await client.get(files.takeScreenshot, { params: { sessionId }, body });
  return screenshotId;
}

/** Where a file of a version is. */
export const screenshotFile = (sessionId: string, screenshotId: string, version: number | string, file: string) =>
  files.screenshotFilePath
    .replace(':sessionId', sessionId)
    .replace(':screenshotId', screenshotId)
    .replace(':version', String(version))
    .replace(':file', file);
