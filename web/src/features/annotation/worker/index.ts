/** The door for workers: without any component. */
export { createReader } from '../pixels.ts';
export { createPlacer, type Placer } from '../placer.ts';
