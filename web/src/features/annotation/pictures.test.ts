import { describe, expect, it } from 'vitest';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import { drawingId, pictureId, sessionId } from './fixtures.ts';
import { createPictureFiles, createPictures } from './pictures.ts';
import { createSights } from './sights.ts';

const file = new Blob(['picture'], { type: 'image/webp' });

function setUp(put: Outcome<null>[], get: Outcome<Blob>[], remove: Outcome<null>[] = []) {
  const life = new AbortController();
  const asked: string[] = [];
  const next = <T>(answers: Outcome<T>[], name: string): Promise<Outcome<T>> => {
    asked.push(name);
    return Promise.resolve(answers.shift() ?? refused('unavailable'));
  };
  const pictures = createPictures(life.signal, {
    files: {
      put: () => next(put, 'put'),
      get: () => next(get, 'get'),
      remove: () => next(remove, 'remove'),
    },
    pause: async () => undefined,
    onKept: () => asked.push('kept'),
  });
  return { pictures, asked };
}

describe('pictures', () => {
  it('are given to the server until it has them, and need not be asked for again', async () => {
    const { pictures, asked } = setUp([refused('unavailable'), refused('failed'), accepted(null)], []);
    pictures.add(pictureId, Promise.resolve(file));
    expect((await pictures.kept(pictureId)).ok).toBe(true);
    expect(await pictures.file(pictureId)).toBe(file);
    expect(asked).toEqual(['put', 'put', 'put', 'kept']);
  });

  it('are refused for good when the server does not want them, or there is none', async () => {
    const { pictures } = setUp([refused('too-large')], []);
    pictures.add(pictureId, Promise.resolve(file));
    expect(await pictures.kept(pictureId)).toMatchObject({ code: 'too-large' });
    const none = setUp([], []);
    none.pictures.add(pictureId, Promise.reject(new Error('no frame')));
    expect(await none.pictures.kept(pictureId)).toMatchObject({ code: 'failed' });
  });

  it.each(['log', 'page'] as const)(
    'of others are asked for once, when the %s says that they are there',
    async (says) => {
      const { pictures, asked } = setUp([], [refused('unavailable'), accepted(file)]);
      const both = Promise.all([pictures.file(pictureId), pictures.file(pictureId)]);
      await Promise.resolve();
      expect(asked).toEqual([]);
      pictures.isThere(pictureId, says);
      expect([await both, asked]).toEqual([
        [file, file],
        ['get', 'get'],
      ]);
    },
  );

  it('that somebody has made up are asked for once, and kept waiting no more than a few', async () => {
    const { pictures, asked } = setUp([], [refused('not-found')]);
    pictures.isThere(pictureId, 'page');
    expect([await pictures.file(pictureId), asked]).toEqual([null, ['get']]);
    const first = pictures.file(pictures.newId());
    for (let i = 0; i < 40; i++) void pictures.file(pictures.newId());
    expect([await first, asked]).toEqual([null, ['get']]);
  });

  it('that nothing was drawn on are taken away again, if the server has them at all', async () => {
    const { pictures, asked } = setUp([accepted(null)], [], [refused('unavailable'), accepted(null)]);
    pictures.add(pictureId, Promise.resolve(file));
    pictures.giveUp(pictureId);
    await expect.poll(() => asked).toEqual(['put', 'kept', 'remove', 'remove']);
    const drawnOn = setUp([accepted(null)], []);
    drawnOn.pictures.add(pictureId, Promise.resolve(file));
    await drawnOn.pictures.kept(pictureId);
    drawnOn.pictures.isThere(pictureId, 'log');
    drawnOn.pictures.giveUp(pictureId);
    expect(await drawnOn.pictures.file(pictureId)).toBe(file);
    const never = setUp([refused('too-large')], []);
    never.pictures.add(pictureId, Promise.resolve(file));
    const kept = never.pictures.kept(pictureId);
    never.pictures.giveUp(pictureId);
    await kept;
    expect([never.asked, drawnOn.asked]).toEqual([['put'], ['put', 'kept']]);
  });

  it('are put and got as the one who is speaking', async () => {
    const calls: Request[] = [];
    const answers = [
      new Response('{}'),
      new Response(JSON.stringify({ error: { code: 'too-large' } }), { status: 413 }),
    ];
    const files = createPictureFiles(sessionId, { as: 'code' }, async (address, options) => {
      calls.push(new Request(`http://x${String(address)}`, options));
      const answer = answers.shift();
      if (answer === undefined) throw new TypeError('no network');
      return answer;
    });
    const life = new AbortController().signal;
    expect((await files.put(life, pictureId, file)).ok).toBe(true);
    expect(await files.put(life, pictureId, file)).toMatchObject({ code: 'too-large' });
    expect(await files.get(life, pictureId)).toMatchObject({ code: 'unavailable' });
    await files.remove(life, pictureId);
    expect(calls.map(({ method }) => method)).toEqual(['PUT', 'PUT', 'GET', 'DELETE']);
    expect(calls[0]?.headers.get('sightglass-as')).toBe('code');
    expect(calls[0]?.headers.get('content-type')).toBe('image/webp');
    expect(new URL(calls[0]?.url ?? '').pathname).toBe(`/api/sessions/${sessionId}/pictures/${pictureId}`);
  });
});

describe('how drawings are seen', () => {
  const id = drawingId(1);
  const found = (sight: 'tracking' | 'uncertain' | 'lost' | 'ambiguous' | 'searching') => [
    { id, sight, places: null, pose: null },
  ];

  it('nothing changes for a moment of doubt, then it fades; what is lost is gone at once', () => {
    const sights = createSights();
    sights.hear(found('tracking'), 0);
    sights.hear(found('uncertain'), 100);
    expect([sights.opacityOf(id, 350), sights.opacityOf(id, 450)]).toEqual([1, 0.4]);
    sights.hear(found('lost'), 500);
    expect(sights.opacityOf(id, 500)).toBe(0);
    expect(sights.missing(() => pictureId, 600)).toEqual([]);
    expect(sights.missing(() => pictureId, 1_300)).toEqual([{ pictureId, ids: [id], sight: 'lost' }]);
    sights.hear(found('ambiguous'), 1_400);
    expect(sights.missing(() => pictureId, 2_200)).toMatchObject([{ sight: 'ambiguous' }]);
    sights.hear([], 2_300);
    expect([sights.opacityOf(id, 2_300), sights.all()]).toEqual([0, []]);
  });
});
