import './direct-call.css';

export { openAnswered } from '../open-session.ts';
export { AvailabilitySwitch } from './availability-switch.tsx';
export { RingOverlay } from './ring-overlay.tsx';
export { tellActivity } from './tell-activity.ts';
