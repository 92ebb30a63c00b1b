import { afterAll, beforeAll, expect, test } from 'vitest';
import * as access from '#contract/access/http.ts';
import { limits } from '#contract/limits.ts';
import { hashOf, newSecret } from '#server/features/access/secrets.ts';
import { Client, newRequestId } from './harness/client.ts';
import { openMailServer, type TestMailServer } from './harness/mail-server.ts';
import { gather, PASSWORD, type People, signIn } from './harness/organization.ts';
import { startTestServer, type TestServer } from './harness/server.ts';

const email = 'nora.expert@example.org';
let mails: TestMailServer;
let server: TestServer;
let people: People;
beforeAll(async () => {
  mails = await openMailServer();
  server = await startTestServer({ SMTP_URL: mails.url, MAIL_FROM: 'help@example.org' });
  people = await gather(server.origin, await server.setupPath());
  await mails.nextTo(email);
});
afterAll(async () => {
  await server.close();
  await mails.close();
  expect(server.faults).toEqual([]);
});

const someone = () => new Client(server.origin);
const secretIn = (text: string | undefined) => /\/(?:reset|invitation)\/([\w-]{22,})/.exec(text ?? '')?.[1] ?? '';
async function linkFor(headers: Record<string, string> = {}): Promise<string> {
  const asked = await someone().send('POST', access.askForReset.path, { email }, headers);
  expect(asked.status).toBe(200);
  return secretIn((await mails.nextTo(email)).parsed.text);
}
const reset = (secret: string, password: string, requestId: string = newRequestId(), client = someone()) =>
  client.ask(access.resetPassword, { params: { secret }, body: { requestId, password } });

test('C9: the mail’s link sets a new password once, signs in, and ends every other login', async () => {
  const elsewhere = await signIn(server.origin, email);
  const secret = await linkFor();
  expect(await someone().get(access.resetState, { params: { secret } })).toEqual({ email });
  const [requestId, mine] = [newRequestId(), someone()];
  expect((await reset(secret, 'a fresh new start', requestId, mine)).status).toBe(200);
  expect((await mine.get(access.readMe)).member.email).toBe(email);
  expect((await elsewhere.ask(access.readMe)).status).toBe(401);
  // The answer was lost: the same request again is the same person. Anybody else finds nothing.
  expect((await reset(secret, 'a fresh new start', requestId)).status).toBe(200);
  for (const again of [await reset(secret, 'a fresh new start'), await reset(secret, 'not the one', requestId)])
    expect([again.status, again.text]).toEqual([404, '{"error":{"code":"not-found"}}']);
  expect((await someone().ask(access.resetState, { params: { secret } })).status).toBe(404);
  expect((await someone().ask(access.signIn, { body: { email, password: PASSWORD } })).status).toBe(401);
  await reset(await linkFor(), PASSWORD);
});

test('C9: the same answer for an address without an account, and no mail', async () => {
  const known = await someone().ask(access.askForReset, { body: { email: 'carl.coadmin@example.org' } });
  const unknown = await someone().ask(access.askForReset, { body: { email: 'nobody@example.org' } });
  expect([unknown.status, unknown.text]).toEqual([known.status, known.text]);
  await mails.nextTo('carl.coadmin@example.org');
  expect(mails.arrived.filter(({ envelope }) => envelope.to.includes('nobody@example.org'))).toEqual([]);
});

test('C9: a link is over after its time, and with the use of another one', async () => {
  const [first, second] = [await linkFor(), await linkFor()];
  expect((await reset(second, PASSWORD)).status).toBe(200);
  expect((await reset(first, PASSWORD)).status).toBe(404);
});

test('C9: of several links of one account, used at the same moment, one sets the password', async () => {
  const { database } = server;
  for (let round = 0; round < 5; round += 1) {
    const secrets = Array.from({ length: 4 }, newSecret);
    for (const secret of secrets)
      await database.$client.query(
        `insert into password_reset (secret_hash, member_id, created_at, expires_at)
         select $1, id, $2, $3 from member where email = $4`,
        [hashOf(secret), server.clock.now(), new Date(server.clock.now().getTime() + 60_000), email],
      );
    const answers = await Promise.all(secrets.map((secret) => reset(secret, PASSWORD)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404, 404]);
  }
});

test('C9: many are refused, whoever they are for, and an hour later one is taken again', async () => {
  const ask = (address: string) => someone().ask(access.askForReset, { body: { email: address } });
  for (const address of ['ada@example.org', 'nobody.else@example.org']) {
    const statuses = [];
    for (let times = 0; times < 6; times += 1) statuses.push((await ask(address)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
  }
});

test('C9: the link leads to this server’s own address, whatever address the request names', async () => {
  const forged = { host: 'evil.example', 'x-forwarded-host': 'evil.example' };
  await someone().send('POST', access.askForReset.path, { email: 'carl.coadmin@example.org' }, forged);
  const { parsed } = await mails.nextTo('carl.coadmin@example.org');
  expect(parsed.text).toContain(`${server.origin}/reset/`);
  expect(parsed.html).toContain(`${server.origin}/reset/`);
  const secret = secretIn(parsed.text);
  server.clock.advance(limits.resetMinutes * 60_000);
  expect((await reset(secret, PASSWORD)).status).toBe(404);
});

test('an invitation comes by mail, in the language of who invites, with the link that is shown', async () => {
  const body = { requestId: newRequestId(), email: 'zoe@example.org', role: 'expert' };
  const path = access.invite.path;
  const answer = await people.admin.send('POST', path, body, { 'sightglass-language': 'de' });
  const { link } = access.invite.reply.parse(answer.json);
  const { parsed } = await mails.nextTo('zoe@example.org');
  expect(parsed.subject).toBe('Ada Admin lädt Sie zu Hall Four ein');
  expect(parsed.text).toContain(link);
  expect(parsed.html).toContain(link);
  // Sent again because its answer was lost: the link in the first mail is no more, a second one brings the new one.
  const again = access.invite.reply.parse((await people.admin.send('POST', path, body)).json);
  expect(secretIn((await mails.nextTo('zoe@example.org')).parsed.text)).toBe(secretIn(again.link));
  await someone().get(access.readInvitation, { params: { secret: secretIn(again.link) } });
});
