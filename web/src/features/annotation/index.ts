export { drawingTools } from './open-tools.tsx';
export { openStudio, type Studio } from './studio.ts';
