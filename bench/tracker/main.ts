import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Contestant, ours } from './contestant.ts';
import { manyAnchors, startTime, weight } from './cost.ts';
import { localise } from './localise.ts';
import { loadCv, plainKlt } from './opencv.ts';
import { ALL, STANDARD, scene, UNSEEN } from './scenes.ts';
import { type Played, play, summarise } from './score.ts';
import { hasCodec, isKept, sequence } from './sequence.ts';
import { groups, table } from './table.ts';

const HELP = `npm run bench -- tracker [--suite short|quick|standard|unseen|NAME-CATEGORY,...] [--variant X] [--ours] [--one-shot] [--cache DIR]
short: 8 sequences (default); quick: 2 targets; standard: 6 targets x 19 categories; unseen: 4 targets that nothing was tuned on.
--variant: other movements of the same kind (any word). --ours: without OpenCV.js. --one-shot: also the single-frame search.`;

interface Wishes {
  readonly suite: string;
  readonly variant: string;
  readonly cache: string;
  readonly ours: boolean;
  readonly oneShot: boolean;
}

function wishes(words: readonly string[]): Wishes | 'help' {
  const { values } = parseArgs({
    args: [...words],
    options: {
      suite: { type: 'string', default: 'short' },
      variant: { type: 'string', default: '' },
      cache: { type: 'string', default: fileURLToPath(new URL('../../.cache/tracker', import.meta.url)) },
      ours: { type: 'boolean', default: false },
      'one-shot': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { 'one-shot': oneShot, help, ...rest } = values;
  return help ? 'help' : { ...rest, oneShot };
}

const SHORT = 'board-hand,sudoku-occl,graf-oov,motor-uncon,box-twin,stuff-light,board-fold,box-far';

function names(suite: string): [string, string][] {
  const of = (targets: readonly string[]): [string, string][] =>
    targets.flatMap((t) => ALL.map((c): [string, string] => [t, c]));
  if (suite === 'standard') return of(STANDARD);
  if (suite === 'unseen') return of(UNSEEN);
  if (suite === 'quick') return of(['board', 'sudoku']);
  return (suite === 'short' ? SHORT : suite).split(',').map((n) => {
    const [target = '', category = ''] = n.split('-');
    return [target, category];
  });
}

/** The sequences that this machine can play; without ffmpeg those that pass a codec are left out, and it says so. */
function playable({ suite, variant, cache }: Wishes): [string, string][] {
  const all = names(suite);
  if (hasCodec()) return all;
  const here = all.filter(([t, c]) => scene(t, c, variant).kbps === undefined || isKept(t, c, variant, cache));
  if (here.length < all.length)
    console.log(
      `ffmpeg with libvpx is not installed (Debian: apt install ffmpeg): ${all.length - here.length} of ${all.length} sequences are compressed video and are left out.\n`,
    );
  return here;
}

async function contestants(alone: boolean): Promise<Contestant[]> {
  const loaded = alone ? undefined : await loadCv();
  if (!loaded && !alone)
    console.log('OpenCV.js is not installed (dev dependency @techstark/opencv-js): no comparison.\n');
  return [ours('in-background'), ...(loaded ? [plainKlt(loaded.cv)] : [])];
}

/** Both trackers see a sequence directly after one another, so that the load of the machine hits both. */
async function race(list: readonly Contestant[], all: readonly [string, string][], { variant, cache }: Wishes) {
  const results = new Map(list.map((c): [string, Played[]] => [c.name, []]));
  for (const [target, category] of all) {
    const s = sequence(target, category, variant, cache);
    process.stderr.write(`${s.name} `);
    for (const c of list) results.get(c.name)?.push(await play(c, s));
  }
  return results;
}

function ratios(results: ReadonlyMap<string, readonly Played[]>): void {
  const [mine, peer] = [...results.values()].map((p) => summarise(p));
  if (!mine || !peer) return;
  const times = (a: number, b: number): string => `${(a / b).toFixed(3)}`;
  console.log('\nRatios, ours / OpenCV.js, same run (under 1 is better):');
  console.log(
    `- CPU per frame: p50 ${times(mine.cpuP50, peer.cpuP50)}, p95 ${times(mine.cpuP95, peer.cpuP95)}, mean ${times(mine.cpuMean, peer.cpuMean)}`,
  );
  console.log(
    `- frames not within 5 px: ${times(100 - mine.p5, 100 - peer.p5)}; median error: ${times(mine.medianError, peer.medianError)}`,
  );
}

/** (d) of the bench: places and time of the tracker beside plain OpenCV.js, on rendered video whose truth is known. */
export async function benchTracker(words: readonly string[]): Promise<void> {
  const asked = wishes(words);
  if (asked === 'help') {
    console.log(HELP);
    return;
  }
  const all = playable(asked);
  const [first] = all;
  if (first === undefined) {
    console.log('Nothing is left to play.');
    return;
  }
  const list = await contestants(asked.ours);
  const results = await race(list, all, asked);
  for (const [name, played] of results) console.log(`\n${table(name, groups(played))}`);
  ratios(results);
  // The same one each time, where it can be had: the figure is compared between suites.
  const common: [string, string] = hasCodec() ? ['board', 'hand'] : first;
  const many = manyAnchors(sequence(...common, asked.variant, asked.cache), 10);
  const { wasm, scripts } = weight();
  console.log(
    `\nTen anchors on one camera: CPU p50 ${many.p50.toFixed(2)} ms, p95 ${many.p95.toFixed(2)} ms, shown ${many.shown.toFixed(1)} %`,
  );
  console.log(
    `Ready after ${startTime().toFixed(1)} ms; weight ${(wasm / 1024).toFixed(1)} KB + ${(scripts / 1024).toFixed(1)} KB scripts (gzip)`,
  );
  if (asked.oneShot) await oneShot(list, asked.suite === 'unseen' ? UNSEEN : STANDARD);
}

async function oneShot(list: readonly Contestant[], targets: readonly string[]): Promise<void> {
  for (const c of [ours('at-once'), ...list.slice(1)]) {
    const r = await localise(c, targets);
    const parts = [...r.groups].map(([g, [found, all]]) => `${g} ${found}/${all}`).join(', ');
    console.log(
      `\nOne frame from elsewhere, ${c.name}: ${r.found} of ${r.all} found, ${r.wrong} wrong, median ${r.medianError.toFixed(2)} px, CPU ${r.cpuP50.toFixed(1)} ms (${parts})`,
    );
  }
}
