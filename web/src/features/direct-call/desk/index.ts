import './direct-call.css';

export { openAnswered } from '../open-session.ts';
export { AvailabilitySwitch } from './availability-switch.tsx';
export { RingBar } from './ring-bar.tsx';
export { tellActivity } from './tell-activity.ts';
