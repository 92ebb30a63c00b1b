import './report.css';

export { parseReportTime } from './months.ts';
export { ReportsPage } from './reports-page.tsx';
