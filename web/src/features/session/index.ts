export type { AheadProps } from './ahead.ts';
export { joinTools } from './join-tools.tsx';
export { pause } from './load.ts';
export type { OpenPictureTools, PictureTools, ToolButton, ToolsHost } from './picture-tools.ts';
export type { RecordHost, RecordProps } from './record.ts';
export { chooseStage } from './stage.ts';
export { Note } from './transcript-line.tsx';
export { happenedWords, personName } from './words.ts';
