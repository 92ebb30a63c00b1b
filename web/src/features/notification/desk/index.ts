import './mail-section.css';

export { MailSection } from './mail-section.tsx';
export { NotificationsSection } from './notifications-section.tsx';
