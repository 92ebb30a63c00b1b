export type { OpenPictureTools, PictureTools, ToolButton, ToolsHost } from './picture-tools.ts';
export type { SessionModel } from './session-model.ts';
export { mountSession } from './session-page.tsx';
export type { PictureView } from './stage-view.tsx';
