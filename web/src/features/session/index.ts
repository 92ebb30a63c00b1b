export type { OpenPictureTools, ToolButton, ToolsHost } from './picture-tools.ts';
