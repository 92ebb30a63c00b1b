export { openPictureTools } from './open-tools.tsx';
