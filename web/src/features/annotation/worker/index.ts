/** The door for workers: without any component. */
export { createPlacer, type Placer } from '../placer.ts';
