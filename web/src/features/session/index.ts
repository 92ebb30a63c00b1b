export { joinTools } from './join-tools.tsx';
export type { OpenPictureTools, PictureTools, ToolButton, ToolsHost } from './picture-tools.ts';
