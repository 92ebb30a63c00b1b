export { type Frame, frameSize, framesOfTrack } from './frames.ts';
export { IconRedo, IconUndo } from './icons.tsx';
export { drawingTools } from './open-tools.tsx';
export { aroundOf, inkOf, paintDrawing, scaleOf } from './painter.ts';
export { toolIcons } from './palette.tsx';
export { openStudio, type Studio } from './studio.ts';
export { colours, widths } from './tool-model.ts';
export { colourWords, toolWords, widthWords } from './words.ts';
