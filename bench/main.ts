import { benchDirectCall } from './direct-call/main.ts';
import { benchStroke } from './drawing/stroke.ts';
import { benchTrackingCpu } from './drawing/tracking-cpu.ts';
import { benchJoin } from './join/main.ts';
import { benchPage } from './page/main.ts';
import { benchRecording } from './recording.ts';
import { benchServer } from './server/main.ts';
import { benchRecordingServer } from './server/recordings.ts';

/** `npm run bench -- NAME`: figures, each beside a yardstick of the same run. One measurement at a time: two fill the machine. */
const benches: Readonly<Record<string, (words: readonly string[]) => Promise<void>>> = {
  'direct-call': benchDirectCall,
  join: benchJoin,
  page: benchPage,
  recording: benchRecording,
  'recording-server': benchRecordingServer,
  server: benchServer,
  stroke: benchStroke,
  'tracking-cpu': benchTrackingCpu,
  // Loaded when asked for: it compiles the tracker.
  tracker: async (words) => (await import('./tracker/main.ts')).benchTracker(words),
};

const [name, ...words] = process.argv.slice(2);
const chosen = name === undefined ? Object.values(benches) : [benches[name]];
for (const bench of chosen) {
  if (bench === undefined) throw new Error(`there is no bench "${name}"; there are ${Object.keys(benches).join(', ')}`);
  await bench(words);
}
