import './direct-call.css';

export { AvailabilitySwitch } from './availability-switch.tsx';
export { RingOverlay } from './ring-overlay.tsx';
export { tellActivity } from './tell-activity.ts';
