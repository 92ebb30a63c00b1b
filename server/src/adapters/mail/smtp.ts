import { createTransport } from 'nodemailer';
import type { MailFrom, SmtpServer } from '../../config.ts';
import { type MailDelivery, MailRefused } from '../../ports/mail-delivery.ts';
import { messageOf, wordsOf } from './message.ts';

/** A mail server that says nothing for so long is not there. */
const PATIENCE = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000, dnsTimeout: 10_000 };

const isLoopback = (host: string): boolean => /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/.test(host);

/** Hands mails to a mail server. A password goes over an encrypted connection only, unless the server is this computer. */
export function smtpDelivery(server: SmtpServer, from: MailFrom): MailDelivery {
  const { host, port, secure, auth } = server;
  const transport = createTransport({
    host,
    port,
    secure,
    ...(auth === null
      ? {}
      : { auth: { user: auth.user, pass: auth.password }, requireTLS: !secure && !isLoopback(host) }),
    ...PATIENCE,
  });
  return {
    kind: 'smtp',
    from: wordsOf(from),
    deliver: async (mail) => {
      try {
        await transport.sendMail(messageOf(from, mail));
      } catch (error) {
        throw isForGood(error) ? new MailRefused(error.message) : error;
      }
    },
  };
}

/** Refused is the receiver or the content, by a 5xx. A wrong password is not: the operator will put it right. */
function isForGood(error: unknown): error is Error {
  if (!(error instanceof Error) || !('responseCode' in error) || !('code' in error)) return false;
  const { responseCode, code } = error;
  return typeof responseCode === 'number' && responseCode >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE');
}
