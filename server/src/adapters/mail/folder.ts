import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { MailFrom } from '../../config.ts';
import type { MailDelivery } from '../../ports/mail-delivery.ts';
import { messageOf, wordsOf } from './message.ts';

/** Lays mails into a folder, one .eml file each, which any mail program opens. Only this server's user reads them. */
export function folderDelivery(folder: string, from: MailFrom): MailDelivery {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    kind: 'folder',
    from: wordsOf(from),
    deliver: async (mail) => {
      const { message } = await transport.sendMail(messageOf(from, mail));
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const path = join(folder, `${mail.writtenAt.toISOString().replace(/[:.]/g, '-')}-${mail.id}.eml`);
      // Beside, then renamed: whoever looks into the folder finds whole mails only.
      await writeFile(`${path}.part`, message, { mode: 0o600 });
      await rename(`${path}.part`, path);
    },
  };
}
