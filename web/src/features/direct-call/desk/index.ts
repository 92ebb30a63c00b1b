import './direct-call.css';

export { AvailabilitySwitch } from './availability-switch.tsx';
export { openAnswered } from './open-answered.ts';
export { RingOverlay } from './ring-overlay.tsx';
export { tellActivity } from './tell-activity.ts';
