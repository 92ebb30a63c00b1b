import { describe, expect, it } from 'vitest';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import { drawingId, pictureId, sessionId } from './fixtures.ts';
import { createPictureFiles, createPictures } from './pictures.ts';
import { createSights } from './sights.ts';

const file = new Blob(['picture'], { type: 'image/webp' });

function setUp(put: Outcome<null>[], get: Outcome<Blob>[]) {
  const life = new AbortController();
  const asked: string[] = [];
  const next = <T>(answers: Outcome<T>[], name: string): Promise<Outcome<T>> => {
    asked.push(name);
    return Promise.resolve(answers.shift() ?? refused('unavailable'));
  };
  const pictures = createPictures(life.signal, {
    files: { put: () => next(put, 'put'), get: () => next(get, 'get') },
    pause: async () => undefined,
  });
  return { pictures, asked };
}

describe('pictures', () => {
  it('are given to the server until it has them, and need not be asked for again', async () => {
    const { pictures, asked } = setUp([refused('unavailable'), refused('failed'), accepted(null)], []);
    pictures.add(pictureId, Promise.resolve(file));
    expect((await pictures.kept(pictureId)).ok).toBe(true);
    expect(await pictures.file(pictureId)).toBe(file);
    expect(asked).toEqual(['put', 'put', 'put']);
  });

  it('are refused for good when the server does not want them, or there is none', async () => {
    const { pictures } = setUp([refused('too-large')], []);
    pictures.add(pictureId, Promise.resolve(file));
    expect(await pictures.kept(pictureId)).toMatchObject({ code: 'too-large' });
    const none = setUp([], []);
    none.pictures.add(pictureId, Promise.reject(new Error('no frame')));
    expect(await none.pictures.kept(pictureId)).toMatchObject({ code: 'failed' });
  });

  it('of others may come later than their stroke, and are asked for once', async () => {
    const { pictures, asked } = setUp([], [refused('not-found'), refused('not-found'), accepted(file)]);
    const [one, two] = await Promise.all([pictures.file(pictureId), pictures.file(pictureId)]);
    expect([one, two, asked]).toEqual([file, file, ['get', 'get', 'get']]);
    const never = setUp([], [refused('not-allowed')]);
    expect(await never.pictures.file(pictureId)).toBeNull();
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
