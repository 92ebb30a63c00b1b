export { type Album, openAlbum } from './album.ts';
export { Gallery } from './gallery.tsx';
export { ShotInTranscript } from './in-transcript.tsx';
export { bringKept } from './kept.tsx';
export { LazyViewer } from './lazy-viewer.tsx';
export { screenshotTools } from './open-tools.tsx';
