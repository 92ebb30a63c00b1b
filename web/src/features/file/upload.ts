import { DetailedError, Upload } from 'tus-js-client';
import { ErrorReply } from '#contract/error-reply.ts';
import { accepted, type Outcome, type Refusal, refused } from '#contract/errors.ts';
import { UploadId } from '#contract/file/ids.ts';
import { type ScreenshotUpload, uploadsPath } from '#contract/file/upload.ts';

export interface UploadParts {
  readonly file: Blob;
  readonly meta: ScreenshotUpload;
  readonly as: 'code' | null;
  /** Where it goes on; null to begin. */
  readonly at: string | null;
  /** It has an address now. */
  readonly onAddress: (at: string) => void;
  /** Bytes that the server has. */
  readonly onProgress: (bytes: number) => void;
}

/** Sends a file up; resolves once the server has all of it. One try: who calls decides when to go on. */
export type SendFile = (life: AbortSignal, parts: UploadParts) => Promise<Outcome<UploadId>>;

/** Sends by tus 1.0. */
export const sendByTus: SendFile = (life, { file, meta, as, at, onAddress, onProgress }) =>
  new Promise((resolve) => {
    if (life.aborted) return resolve(refused('unavailable'));
    const upload = new Upload(file, {
      endpoint: uploadsPath,
      uploadUrl: at,
      metadata: meta,
      headers: as === null ? {} : { 'sightglass-as': as },
      retryDelays: null,
      storeFingerprintForResuming: false,
      onUploadUrlAvailable: () => upload.url !== null && onAddress(upload.url),
      onProgress,
      onSuccess() {
        const id = UploadId.safeParse(upload.url?.split('/').at(-1));
        resolve(id.success ? accepted(id.data) : refused('failed'));
      },
      onError: (error) => resolve(refusalOf(error)),
    });
    life.addEventListener('abort', () => void upload.abort().then(() => resolve(refused('unavailable'))), {
      once: true,
    });
    upload.start();
  });

function refusalOf(error: Error | DetailedError): Refusal {
  const response = error instanceof DetailedError ? error.originalResponse : null;
  const status = response?.getStatus() ?? 0;
  if (response === null || status === 0 || status > 500) return refused('unavailable');
  try {
    return refused(ErrorReply.parse(JSON.parse(response.getBody())).error.code);
  } catch {
    return refused(status === 404 || status === 410 ? 'not-found' : 'failed');
  }
}
