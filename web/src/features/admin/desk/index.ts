import './settings.css';

export { SettingsPage } from './settings-page.tsx';
