export { screenshotTools } from './open-tools.tsx';
