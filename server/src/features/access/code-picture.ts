import QRCode from 'qrcode';
import * as z from 'zod/mini';
import { codePicturePaths } from '#contract/access/http.ts';
import { refused } from '#contract/errors.ts';
import { CodeId } from '#contract/ids.ts';
import type { App } from '../../http/app-type.ts';
import { sendRefusal } from '../../http/serve.ts';
import type { AccessParts } from './access-parts.ts';
import { readOne } from './codes.ts';
import { authorize } from './policy.ts';

const Params = z.object({ codeId: CodeId });

/** Level M survives a scratched label; the margin of four is what readers need around it. */
const look = { errorCorrectionLevel: 'M', margin: 4 } as const;

const pictures = {
  png: { type: 'image/png', draw: (link: string) => QRCode.toBuffer(link, { ...look, type: 'png', width: 1024 }) },
  svg: { type: 'image/svg+xml', draw: (link: string) => QRCode.toString(link, { ...look, type: 'svg' }) },
} as const;

/** The code's link as a QR code, to print. */
export function serveCodePictures(app: App, parts: AccessParts): void {
  for (const kind of ['png', 'svg'] as const) {
    app.get(codePicturePaths[kind], async (request, reply) => {
      const by = authorize(await app.actorOf(request), 'see codes');
      if (!by.ok) return sendRefusal(reply, by);
      const params = Params.safeParse(request.params);
      const found = params.success ? await readOne(parts, params.data.codeId) : refused('not-found');
      if (!found.ok) return sendRefusal(reply, found);
      const picture = await pictures[kind].draw(found.value.link);
      // A rotated code's old picture must not come out of a cache.
      return reply.type(pictures[kind].type).header('cache-control', 'no-store').send(picture);
    });
  }
}
