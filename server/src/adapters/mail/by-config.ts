import { join } from 'node:path';
import type { Config } from '../../config.ts';
import type { MailDelivery } from '../../ports/mail-delivery.ts';
import { folderDelivery } from './folder.ts';
import { smtpDelivery } from './smtp.ts';

/** By the mail server that the operator has set, or into `mails/` of the data folder. */
export function mailDelivery({ dataDir, smtp, mailFrom }: Pick<Config, 'dataDir' | 'smtp' | 'mailFrom'>): MailDelivery {
  return smtp === null ? folderDelivery(join(dataDir, 'mails'), mailFrom) : smtpDelivery(smtp, mailFrom);
}
