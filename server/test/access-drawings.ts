import { randomUUID } from 'node:crypto';
import * as annotation from '#contract/annotation/http.ts';
import * as sessions from '#contract/session/http.ts';
import { fresh, inJoined, inSession, joined, type Row } from './access-row.ts';
import type { ActorName, World } from './access-world.ts';
import { drawingOn, putPicture, webp } from './harness/pictures.ts';

/** A session that the actor has joined, if they may, and a drawing for a picture of theirs that is in it. */
async function atThePicture(world: World, actor: ActorName) {
  const { sessionId } = await joined(world, actor);
  const client = world.people[actor];
  const pictureId = randomUUID();
  await putPicture(client, sessionId, pictureId, webp());
  const read = await client.ask(sessions.readSession, { params: { sessionId } });
  const participantId = read.status === 200 ? sessions.Session.parse(read.json).you.participantId : randomUUID();
  return { sessionId, pictureId, participantId, drawing: drawingOn({ kind: 'still', pictureId }) };
}

/** The same, with the drawing made. */
async function drawn(world: World, actor: ActorName): Promise<{ params: { sessionId: string; drawingId: string } }> {
  const { sessionId, drawing } = await atThePicture(world, actor);
  await world.people[actor].ask(annotation.makeDrawing, { params: { sessionId }, body: fresh({ drawing }) });
  return { params: { sessionId, drawingId: drawing.id } };
}

/** The routes of drawings. */
export const drawingRows: readonly Row[] = [
  {
    route: annotation.makeDrawing,
    answers: 'login login ok ok ok ok none none none',
    wish: async (world, actor) => {
      const { sessionId, drawing } = await atThePicture(world, actor);
      return { params: { sessionId }, body: fresh({ drawing }) };
    },
  },
  {
    route: annotation.makeDrawing,
    when: 'not joined',
    answers: 'login login not-joined not-joined not-joined not-joined none none none',
    wish: (world, actor) => inSession(world, actor, { drawing: drawingOn({ kind: 'still', pictureId: randomUUID() }) }),
  },
  {
    route: annotation.removeDrawing,
    answers: 'login login ok ok ok ok none none none',
    wish: async (world, actor) => ({ ...(await drawn(world, actor)), body: fresh() }),
  },
  {
    route: annotation.restoreDrawing,
    answers: 'login login ok ok ok ok none none none',
    wish: async (world, actor) => {
      const { params } = await drawn(world, actor);
      await world.people[actor].ask(annotation.removeDrawing, { params, body: fresh() });
      return { params, body: fresh() };
    },
  },
  {
    route: annotation.clearDrawings,
    answers: 'login login ok ok ok ok none none none',
    wish: async (world, actor) => inJoined(world, actor, { whose: 'own' }),
  },
  {
    route: annotation.clearDrawings,
    when: 'all',
    answers: 'login login ok ok ok no none none none',
    wish: async (world, actor) => inJoined(world, actor, { whose: 'all' }),
  },
  {
    route: annotation.freezePicture,
    answers: 'login login ok ok ok ok none none none',
    wish: async (world, actor) => {
      const { sessionId, participantId, pictureId } = await atThePicture(world, actor);
      return { params: { sessionId }, body: fresh({ participantId, pictureId }) };
    },
  },
  {
    route: annotation.releasePicture,
    answers: 'login login ok ok ok ok none none none',
    wish: async (world, actor) => {
      const { sessionId, participantId, pictureId } = await atThePicture(world, actor);
      const params = { sessionId };
      await world.people[actor].ask(annotation.freezePicture, { params, body: fresh({ participantId, pictureId }) });
      return { params, body: fresh() };
    },
  },
];
