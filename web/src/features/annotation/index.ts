export { type Frame, frameSize, framesOfTrack } from './frames.ts';
export { IconRedo, IconUndo } from './icons.tsx';
export { Inks, Widths } from './inks.tsx';
export { drawingTools } from './open-tools.tsx';
export { aroundOf, inkOf, paintDrawing, scaleOf } from './painter.ts';
export { toolIcons } from './palette.tsx';
export { openStudio, type Studio } from './studio.ts';
export { toolWords } from './words.ts';
