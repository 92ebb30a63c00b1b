import { randomUUID } from 'node:crypto';
import * as recordings from '#contract/recording/http.ts';
import { fresh, inJoined, inSession, joined, type Row, type Wish } from './access-row.ts';
import type { ActorName, World } from './access-world.ts';
import { mediaFile, Taker, wording } from './harness/recordings.ts';

const asking = () => ({ recordingId: randomUUID(), wording });

/** A session that the actor has joined, if they may, and in which somebody else, an admin, has asked for a recording. */
async function asked(world: World, actor: ActorName) {
  const { sessionId, tabId } = await joined(world, actor);
  const { client } = await world.newMember('admin');
  const starter = await new Taker(client, sessionId).join();
  const recordingId = randomUUID();
  await starter.start(recordingId);
  return { starter, tabId, params: { sessionId, recordingId } };
}

/** One that the actor has started where they may, else somebody else, and that nobody has to be asked for any more. */
async function started(world: World, actor: ActorName) {
  if (actor !== 'admin') return asked(world, actor);
  const { sessionId, tabId } = await joined(world, actor);
  const recordingId = randomUUID();
  await world.people.admin.ask(recordings.startRecording, {
    params: { sessionId },
    body: fresh({ recordingId, wording }),
  });
  return { starter: null, tabId, params: { sessionId, recordingId } };
}

const part = () => ({ partId: randomUUID(), type: 'video/mp4' });

/** A recording that can be watched, in a session of the actor's code. */
async function ready(world: World, actor: ActorName): Promise<string> {
  const { client } = await world.newMember('admin');
  const starter = await new Taker(client, await world.newSession(actor)).join();
  const [recordingId, partId] = [randomUUID(), randomUUID()];
  await starter.start(recordingId);
  await starter.begin(recordingId, partId);
  const { to } = await starter.upload(partId);
  await starter.patch(to, 0, await mediaFile('part-1.mp4'));
  await starter.stop(recordingId);
  await starter.finish(recordingId, partId);
  await starter.until('ready');
  return recordingId;
}

const made = new WeakMap<World, Map<string, Promise<string>>>();

/** The same one for every actor of a code, to look at or to be refused: making one takes a second or two. */
function readyOnce(world: World, actor: ActorName): Promise<string> {
  const ofWorld = made.get(world) ?? new Map<string, Promise<string>>();
  made.set(world, ofWorld);
  const codeId = world.codeOf(actor).id;
  const known = ofWorld.get(codeId) ?? ready(world, actor);
  ofWorld.set(codeId, known);
  return known;
}

/** The routes of recordings. */
export const recordingRows: readonly Row[] = [
  {
    route: recordings.startRecording,
    answers: 'login login no no ok no none none none',
    wish: (world, actor) => inJoined(world, actor, asking()),
  },
  {
    route: recordings.startRecording,
    when: 'not joined',
    answers: 'login login not-joined not-joined not-joined not-joined none none none',
    wish: (world, actor) => inSession(world, actor, asking()),
  },
  {
    route: recordings.answerRecording,
    answers: 'login login ok ok ok ok none none none',
    wish: async (world, actor) => {
      const { params } = await asked(world, actor);
      return { params, body: fresh({ answer: 'yes', wording }) };
    },
  },
  {
    route: recordings.withdrawConsent,
    answers: 'login login ok ok ok ok none none none',
    wish: async (world, actor) => {
      const { params } = await asked(world, actor);
      await world.people[actor].ask(recordings.answerRecording, { params, body: fresh({ answer: 'yes', wording }) });
      return { params, body: fresh({ keep: true }) };
    },
  },
  {
    route: recordings.beginRecordingPart,
    answers: 'login login no no ok no none none none',
    wish: async (world, actor) => {
      const { params, tabId } = await started(world, actor);
      return { params, body: fresh({ ...part(), tabId }) };
    },
  },
  {
    route: recordings.finishRecordingPart,
    answers: 'login login none none ok none none none none',
    wish: async (world, actor): Promise<Wish> => {
      const { params, tabId, starter } = await started(world, actor);
      const begun = { ...part(), tabId: starter?.tabId ?? tabId };
      const by = starter?.client ?? world.people.admin;
      await by.ask(recordings.beginRecordingPart, { params, body: fresh(begun) });
      return { params: { ...params, partId: begun.partId }, body: fresh() };
    },
  },
  {
    route: recordings.stopRecording,
    answers: 'login login no no ok no none none none',
    wish: async (world, actor) => ({ params: (await asked(world, actor)).params, body: fresh() }),
  },
  { route: recordings.listSessionRecordings, answers: 'login login ok ok ok ok none none none', wish: inSession },
  {
    route: recordings.listRecordings,
    answers: 'login login no ok ok none none none none',
    wish: () => ({}),
    missing: 'nothing is named',
  },
  {
    route: recordings.eraseRecording,
    answers: 'login login no ok ok none none none none',
    wish: async (world, actor) => {
      const isErased = actor === 'coAdmin' || actor === 'admin';
      const recordingId = isErased ? await ready(world, actor) : await readyOnce(world, actor);
      return { params: { recordingId }, body: fresh() };
    },
  },
  {
    route: recordings.linkRecording,
    answers: 'login login ok ok ok ok none none none',
    wish: async (world, actor) => ({ params: { recordingId: await readyOnce(world, actor) } }),
  },
];
