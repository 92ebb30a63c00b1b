import { drawingTools, openStudio } from './features/annotation/index.ts';
import { screenshotTools } from './features/file/index.ts';
import { recordingTools } from './features/recording/index.ts';
import { joinTools, type OpenPictureTools } from './features/session/index.ts';

/** The composition of what works on the pictures of a session; loaded a moment after somebody is in. */
export const openPictureTools: OpenPictureTools = (life, host) => {
  const studio = openStudio(life, host);
  return joinTools(life, [
    drawingTools(life, studio),
    screenshotTools(life, studio),
    recordingTools(life, host, studio),
  ]);
};
