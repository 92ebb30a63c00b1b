import './direct-call.css';

export { AvailabilitySwitch } from './availability-switch.tsx';
export { tellActivity } from './tell-activity.ts';
