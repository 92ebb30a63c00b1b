import './access.css';

export { AccountPage } from './account-page.tsx';
export { parseCodeFilter } from './code-filter.ts';
export { CodePage } from './code-page.tsx';
export { CodesPage } from './codes-page.tsx';
export { ForgotPage } from './forgot-page.tsx';
export { InvitationPage } from './invitation-page.tsx';
export { LabelPage } from './label-page.tsx';
export { MeProvider, useMe } from './me.tsx';
export { mayManage } from './member-rules.ts';
export { MembersPage } from './members-page.tsx';
export { ResetPage } from './reset-page.tsx';
export { roleWords } from './role-words.ts';
export { SetUpPage } from './set-up-page.tsx';
export { grouped } from './short-code-words.ts';
export { SignInPage } from './sign-in-page.tsx';
export { useSignOut } from './use-sign-out.ts';
