import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as annotation from '#contract/annotation/http.ts';
import { annotationLimits as limits } from '#contract/annotation/limits.ts';
import type { SessionId, TicketId } from '#contract/ids.ts';
import type { Route } from '#contract/route.ts';
import * as sessions from '#contract/session/http.ts';
import * as tickets from '#contract/ticket/http.ts';
import { closeWithoutFaults } from './harness/case.ts';
import { type Client, newRequestId } from './harness/client.ts';
import { enterCode, gather, makeCode, type People } from './harness/organization.ts';
import { drawingOn, putPicture, webp } from './harness/pictures.ts';
import { startTestServer, type TestServer } from './harness/server.ts';

let server: TestServer;
let people: People;
let ticketId: TicketId;
/** A session with the expert and the customer in it, and a picture of the expert's. */
let sessionId: SessionId;
let pictureId: string;
let expertId: string;
let customerId: string;

const newSession = async (): Promise<SessionId> =>
  (
    await people.expert.get(sessions.createSessionInTicket, {
      params: { ticketId },
      body: { requestId: newRequestId() },
    })
  ).id;
const join = async (client: Client, session: SessionId = sessionId) => {
  const body = { requestId: newRequestId(), tabId: randomUUID() };
  const { you } = await client.get(sessions.joinSession, { params: { sessionId: session }, body });
  return you.participantId ?? '';
};
const newPicture = async (client: Client, session: SessionId = sessionId) => {
  const id = randomUUID();
  expect((await putPicture(client, session, id, webp())).status).toBe(200);
  return id;
};
beforeAll(async () => {
  server = await startTestServer({ REQUESTS_PER_MINUTE: '1000000' });
  people = await gather(server.origin, await server.setupPath());
  const body = { requestId: newRequestId(), subject: 'It stands', code: people.code.id };
  ticketId = (await people.customer.get(tickets.openTicket, { body })).id;
});
beforeEach(async () => {
  sessionId = await newSession();
  expertId = await join(people.expert);
  customerId = await join(people.customer);
  pictureId = await newPicture(people.expert);
});
afterAll(() => closeWithoutFaults(server));

const still = (id = pictureId) => ({ kind: 'still', pictureId: id });
const ask = (client: Client, route: Route, body: object = {}, params: object = {}) =>
  client.ask(route, { params: { sessionId, ...params }, body: { requestId: newRequestId(), ...body } });
const draw = (client: Client, drawing: object) => ask(client, annotation.makeDrawing, { drawing });
const drawn = async (client: Client) => {
  const drawing = drawingOn(still());
  expect((await draw(client, drawing)).status).toBe(200);
  return drawing.id;
};
const remove = (client: Client, drawingId: string) => ask(client, annotation.removeDrawing, {}, { drawingId });
const restore = (client: Client, drawingId: string) => ask(client, annotation.restoreDrawing, {}, { drawingId });
const clear = (client: Client, whose: string) => ask(client, annotation.clearDrawings, { whose });
const freeze = (client: Client, participantId = expertId, id = pictureId) =>
  ask(client, annotation.freezePicture, { participantId, pictureId: id });
const release = (client: Client) => ask(client, annotation.releasePicture);
const end = () => ask(people.expert, sessions.endSession);
const refusal = (status: number, code: string, field?: string) => ({
  status,
  json: { error: { code, ...(field === undefined ? {} : { field }) } },
});
const drawingLog = async (client: Client = people.customer) => {
  const { events } = await client.get(sessions.sessionEvents, { params: { sessionId } });
  return events.map(({ body }) => body).filter(({ kind }) => /^(drawing|picture)/.test(kind));
};
const kinds = async () => (await drawingLog()).map(({ kind }) => kind);

describe('a drawing', () => {
  test('on each surface is a fact of the session, the same for both', async () => {
    const made = [
      drawingOn(still(), {
        tool: 'pen',
        points: [
          [0, 0],
          [0.5, 1.2],
        ],
      }),
      drawingOn(
        { kind: 'camera', participantId: customerId, pictureId },
        { tool: 'text', at: [0.1, 0.1], text: 'Here' },
      ),
      drawingOn({ kind: 'screen', participantId: expertId }, { tool: 'arrow', from: [0, 0], to: [1, 1] }),
    ];
    for (const drawing of made) expect((await draw(people.customer, drawing)).status).toBe(200);
    const facts = made.map((drawing) => ({ kind: 'drawing-made', drawing }));
    expect(await drawingLog(people.customer)).toEqual(facts);
    expect(await drawingLog(people.expert)).toEqual(facts);
  });

  test('is heard by who follows the session', async () => {
    const ear = await people.expert.connect();
    await ear.ask('follow', { streamId: sessionId, after: 0 });
    const drawing = drawingOn(still());
    await draw(people.customer, drawing);
    const heard = () => ear.told('event').some(({ event }) => event.body.kind === 'drawing-made');
    await ear.until(heard, 'the drawing');
    ear.close();
  });

  test('is refused on a picture or a participant that is not in this session, by the field', async () => {
    const other = await newSession();
    const foreign = await join(people.admin, other);
    const foreignPicture = await newPicture(people.admin, other);
    for (const id of [foreignPicture, randomUUID()]) {
      const answer = refusal(400, 'malformed', 'drawing.surface.pictureId');
      expect(await draw(people.customer, drawingOn(still(id)))).toMatchObject(answer);
      const camera = { kind: 'camera', participantId: expertId, pictureId: id };
      expect(await draw(people.customer, drawingOn(camera))).toMatchObject(answer);
    }
    for (const participantId of [foreign, randomUUID()]) {
      const answer = refusal(400, 'malformed', 'drawing.surface.participantId');
      expect(await draw(people.customer, drawingOn({ kind: 'camera', participantId, pictureId }))).toMatchObject(
        answer,
      );
      expect(await draw(people.customer, drawingOn({ kind: 'screen', participantId }))).toMatchObject(answer);
    }
    expect(await drawingLog()).toEqual([]);
  });

  const pen = (points: readonly unknown[]) => ({ tool: 'pen', points });
  test.each<[string, unknown]>([
    ['2,001 points', pen(Array(2_001).fill([0.5, 0.5]))],
    ['no points', pen([])],
    ['a huge number', pen([[1e300, 0]])],
    ['a number below', pen([[0, -0.51]])],
    ['a text for a number', pen([['0.5', 0.5]])],
    ['three numbers', pen([[0.5, 0.5, 0.5]])],
    ['one number', pen([[0.5]])],
    ['nothing for a number', pen([[null, 0.5]])],
    ['an unknown tool', { tool: 'hammer', at: [0.5, 0.5] }],
    ['an arrow to nowhere', { tool: 'arrow', from: [0, 0] }],
    ['an empty text', { tool: 'text', at: [0, 0], text: ' ' }],
    ['a long text', { tool: 'text', at: [0, 0], text: 'x'.repeat(201) }],
    ['mark number 0', { tool: 'mark', at: [0, 0], number: 0 }],
    ['mark number 1.5', { tool: 'mark', at: [0, 0], number: 1.5 }],
    ['mark number 1,000', { tool: 'mark', at: [0, 0], number: 1_000 }],
  ])('of %s is refused', async (_what, shape) => {
    const answer = await draw(people.customer, { ...drawingOn(still()), shape });
    expect(answer).toMatchObject({ status: 400, json: { error: { code: 'malformed' } } });
    expect(answer.text).toContain('"field":"drawing.shape');
    expect(await drawingLog()).toEqual([]);
  });

  test.each(['NaN', 'Infinity', '-Infinity', '1e999', '-1e999'])('with the number %s is refused', async (number) => {
    const body = JSON.stringify({ requestId: newRequestId(), drawing: drawingOn(still(), pen([[4242, 0]])) });
    const path = annotation.makeDrawing.path.replace(':sessionId', sessionId);
    const answer = await people.customer.send('POST', path, body.replace('4242', number));
    expect(answer).toMatchObject({ status: 400, json: { error: { code: 'malformed' } } });
  });

  test('with a million points is refused before it is read', async () => {
    const answer = await draw(people.customer, drawingOn(still(), pen(Array(1_000_000).fill([0, 0]))));
    expect(answer).toMatchObject(refusal(413, 'too-large'));
  });

  test('of 2,000 points is kept', async () => {
    const points = Array.from({ length: limits.pointsPerDrawing }, (_, at) => [Math.sin(at) / 3 + 0.5, at / 2_000]);
    expect((await draw(people.customer, drawingOn(still(), pen(points)))).status).toBe(200);
  });

  test('asked for twice under one request id is one', async () => {
    const body = { requestId: newRequestId(), drawing: drawingOn(still()) };
    const answers = await Promise.all([1, 2, 3].map(() => ask(people.customer, annotation.makeDrawing, body)));
    answers.push(await ask(people.customer, annotation.makeDrawing, body));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(200);
    expect(await kinds()).toEqual(['drawing-made']);
  });

  test('under an id that is taken is refused: by another, by oneself', async () => {
    const drawing = drawingOn(still());
    expect((await draw(people.customer, drawing)).status).toBe(200);
    const taken = refusal(409, 'request-id-reused', 'drawing.id');
    expect(await draw(people.expert, drawing)).toMatchObject(taken);
    expect(await draw(people.customer, drawing)).toMatchObject(taken);
  });

  test('number 201 is refused until one is taken away, also of many at once', async () => {
    for (let made = 0; made < limits.drawingsPerSession - 5; made += 39) {
      await Promise.all(Array.from({ length: 39 }, () => drawn(people.customer)));
    }
    const last = await Promise.all(
      Array.from({ length: 12 }, (_, at) => draw(at % 2 ? people.expert : people.customer, drawingOn(still()))),
    );
    expect(last.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(5);
    expect(await draw(people.expert, drawingOn(still()))).toMatchObject(refusal(429, 'too-many'));
    expect((await clear(people.customer, 'own')).status).toBe(200);
    await drawn(people.expert);
  });

  test('brought back when 200 others are there is refused', async () => {
    const gone = await drawn(people.customer);
    await remove(people.customer, gone);
    for (let made = 0; made < limits.drawingsPerSession; made += 40) {
      await Promise.all(Array.from({ length: 40 }, () => drawn(people.expert)));
    }
    expect(await restore(people.customer, gone)).toMatchObject(refusal(429, 'too-many'));
  });
});

describe('taking away', () => {
  test('one’s own, and back, as often as one likes', async () => {
    const id = await drawn(people.customer);
    for (let round = 0; round < 2; round++) {
      expect((await remove(people.customer, id)).status).toBe(200);
      expect(await remove(people.customer, id)).toMatchObject(refusal(409, 'not-in-this-state'));
      expect((await restore(people.customer, id)).status).toBe(200);
      expect(await restore(people.customer, id)).toMatchObject(refusal(409, 'not-in-this-state'));
    }
    const back = ['drawing-removed', 'drawing-restored'];
    expect(await kinds()).toEqual(['drawing-made', ...back, ...back]);
  });

  test('cannot be brought back once its maker has drawn something else, as on the board', async () => {
    const first = await drawn(people.customer);
    await remove(people.customer, first);
    await drawn(people.expert);
    expect((await restore(people.customer, first)).status).toBe(200);
    await remove(people.customer, first);
    await drawn(people.customer);
    expect(await restore(people.customer, first)).toMatchObject(refusal(409, 'not-in-this-state'));
  });

  test('the other’s: the expert may, the customer may not; it is brought back by whose it is', async () => {
    const experts = await drawn(people.expert);
    const customers = await drawn(people.customer);
    expect(await remove(people.customer, experts)).toMatchObject(refusal(403, 'not-allowed'));
    expect((await remove(people.expert, customers)).status).toBe(200);
    expect(await restore(people.expert, customers)).toMatchObject(refusal(403, 'not-allowed'));
    expect((await restore(people.customer, customers)).status).toBe(200);
  });

  test('of two who take it away at once, one does', async () => {
    const id = await drawn(people.customer);
    const answers = await Promise.all([people.expert, people.customer].map((client) => remove(client, id)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(await kinds()).toEqual(['drawing-made', 'drawing-removed']);
  });

  test('a drawing of another session is as one that is not there', async () => {
    const first = sessionId;
    const id = await drawn(people.expert);
    sessionId = await newSession();
    await join(people.expert);
    for (const drawingId of [id, randomUUID()]) {
      expect(await remove(people.expert, drawingId)).toMatchObject(refusal(404, 'not-found'));
      expect(await restore(people.expert, drawingId)).toMatchObject(refusal(404, 'not-found'));
    }
    expect(sessionId).not.toBe(first);
  });

  test('all of one’s own; everything only by an employee, for good', async () => {
    const experts = await drawn(people.expert);
    const customers = await drawn(people.customer);
    expect(await clear(people.customer, 'all')).toMatchObject(refusal(403, 'not-allowed'));
    expect((await clear(people.customer, 'own')).status).toBe(200);
    expect(await remove(people.customer, customers)).toMatchObject(refusal(409, 'not-in-this-state'));
    expect((await remove(people.expert, experts)).status).toBe(200);
    expect((await clear(people.expert, 'all')).status).toBe(200);
    expect(await restore(people.expert, experts)).toMatchObject(refusal(409, 'not-in-this-state'));
    expect((await drawingLog()).slice(-1)).toEqual([{ kind: 'drawings-cleared', whose: 'all' }]);
    expect((await clear(people.expert, 'mine')).status).toBe(400);
  });
});

describe('a frozen picture', () => {
  test('of two who freeze at once one wins, and everybody reads the same', async () => {
    for (let round = 0; round < 5; round++) {
      const own = await newPicture(people.customer);
      const answers = await Promise.all([
        freeze(people.expert, customerId, pictureId),
        freeze(people.customer, customerId, own),
      ]);
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
      expect(answers.find(({ status }) => status !== 200)).toMatchObject(refusal(409, 'not-in-this-state'));
      const won = answers[0]?.status === 200 ? pictureId : own;
      const truth = { kind: 'picture-frozen', participantId: customerId, pictureId: won };
      expect((await drawingLog(people.customer)).at(-1)).toEqual(truth);
      expect((await drawingLog(people.expert)).at(-1)).toEqual(truth);
      expect((await release(round % 2 === 0 ? people.customer : people.expert)).status).toBe(200);
    }
  });

  test('is released once; by whoever is in, of whose camera it is', async () => {
    expect(await release(people.expert)).toMatchObject(refusal(409, 'not-in-this-state'));
    expect((await freeze(people.expert)).status).toBe(200);
    expect(await freeze(people.expert)).toMatchObject(refusal(409, 'not-in-this-state'));
    const answers = await Promise.all([people.expert, people.customer].map(release));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect((await drawingLog()).slice(-1)).toEqual([{ kind: 'picture-released', participantId: expertId }]);
  });

  test('must be a picture and a participant of this session', async () => {
    const other = await newSession();
    const foreign = await join(people.admin, other);
    const foreignPicture = await newPicture(people.admin, other);
    expect(await freeze(people.expert, foreign)).toMatchObject(refusal(400, 'malformed', 'participantId'));
    expect(await freeze(people.expert, expertId, foreignPicture)).toMatchObject(refusal(400, 'malformed', 'pictureId'));
    expect(await drawingLog()).toEqual([]);
  });
});

describe('who may not draw here now', () => {
  /** Everything that can be asked, by one person. */
  const everything = async (client: Client, drawingId: string) => [
    await draw(client, drawingOn(still())),
    await remove(client, drawingId),
    await restore(client, drawingId),
    await clear(client, 'own'),
    await freeze(client),
    await release(client),
    await putPicture(client, sessionId, randomUUID(), webp()),
  ];

  test('somebody who has not joined, or has left', async () => {
    const id = await drawn(people.expert);
    for (const answer of await everything(people.admin, id)) expect(answer).toMatchObject(refusal(409, 'not-joined'));
    sessionId = await newSession();
    const tabId = randomUUID();
    const body = { requestId: newRequestId(), tabId };
    await people.customer.get(sessions.joinSession, { params: { sessionId }, body });
    expect((await ask(people.customer, sessions.leaveSession, { tabId })).status).toBe(200);
    for (const answer of await everything(people.customer, id))
      expect(answer).toMatchObject(refusal(409, 'not-joined'));
  });

  test('anybody after the end', async () => {
    const id = await drawn(people.expert);
    const before = await drawingLog();
    await end();
    for (const client of [people.expert, people.customer]) {
      for (const answer of await everything(client, id))
        expect(answer).toMatchObject(refusal(409, 'not-in-this-state'));
    }
    expect(await drawingLog()).toEqual(before);
  });

  test('a customer of another code, for whom none of it exists', async () => {
    const id = await drawn(people.expert);
    const stranger = await enterCode(server.origin, await makeCode(people.admin, 'Oven 2'), 'Stan');
    for (const answer of await everything(stranger, id)) expect(answer).toMatchObject(refusal(404, 'not-found'));
  });
});

test('a participant’s picture number 501 is refused; the other’s are not counted with it', async () => {
  const values = Array.from({ length: limits.picturesPerParticipant - 1 }, () => {
    return `('${randomUUID()}', '${sessionId}', '${expertId}', 'image/png', 1, 'x', now())`;
  });
  await server.database.$client.query(
    `insert into picture (id, session_id, participant_id, type, bytes, sha256, created_at) values ${values.join()}`,
  );
  expect(await putPicture(people.expert, sessionId, randomUUID(), webp())).toMatchObject(refusal(429, 'too-many'));
  await newPicture(people.customer);
});
