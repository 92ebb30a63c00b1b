import {
  createRootRoute,
  createRoute,
  type ErrorComponentProps,
  Navigate,
  Outlet,
  useNavigate,
} from '@tanstack/react-router';
import { useAsk } from '#web/desk-ui/desk-context.tsx';
import { notices } from '#web/desk-ui/notices.ts';
import {
  AccountPage,
  CodePage,
  CodesPage,
  ForgotPage,
  InvitationPage,
  LabelPage,
  MembersPage,
  parseCodeFilter,
  ResetPage,
  SetUpPage,
  SignInPage,
  useMe,
} from '#web/features/access/desk/index.ts';
import { SettingsPage } from '#web/features/admin/desk/index.ts';
import { openAnswered } from '#web/features/direct-call/desk/index.ts';
import { SessionScreenshots } from '#web/features/file/leaves-page.tsx';
import { NotificationsSection } from '#web/features/notification/desk/index.ts';
import { PrivacyPage, parseRecordingFilter, RecordingsPage } from '#web/features/recording/desk/index.ts';
import { RecordingsOfCard } from '#web/features/recording/leaves-page.tsx';
import { parseReportTime, ReportsPage } from '#web/features/report/desk/index.ts';
import { InboxPage, parseInboxPlace } from '#web/features/request/desk/index.ts';
import { RatingsOfCard } from '#web/features/session/rating-page.tsx';
import { parseTicketFilter, TicketListPage, TicketPage } from '#web/features/ticket/desk/index.ts';
import { language } from '#web/i18n.ts';
import { useStore } from '#web/state/use-store.ts';
import { ToastStack } from '#web/ui/toast.tsx';
import { BrokenPage } from './error-boundary.tsx';
import { Frame } from './frame.tsx';
import { MissingPage } from './missing-page.tsx';
import { isOwnPage, safeReturn } from './search-params.ts';
import { SignedIn } from './signed-in.tsx';

const root = createRootRoute({
  component: () => (
    <>
      <Outlet />
      <div className="desk-toasts">
        <ToastStack toasts={notices} />
      </div>
    </>
  ),
  errorComponent: ({ reset }: ErrorComponentProps) => <BrokenPage reset={reset} />,
  notFoundComponent: MissingPage,
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (raw: Record<string, unknown>): { to?: string } =>
    safeReturn(raw['to']) === '/' ? {} : { to: safeReturn(raw['to']) },
  component: function SignIn() {
    useStore(language);
    const { to } = signIn.useSearch();
    const navigate = useNavigate();
    const goOn = () => {
      const back = safeReturn(to);
      // A session or a code's page is a page of its own: the desk's router can't show it.
      if (isOwnPage(back)) location.replace(back);
      else void navigate({ href: back, replace: true });
    };
    return <SignInPage onSignedIn={goOn} />;
  },
});
const setUp = createRoute({
  getParentRoute: () => root,
  path: '/setup/$secret',
  component: function SetUp() {
    useStore(language);
    const { secret } = setUp.useParams();
    const navigate = useNavigate();
    return <SetUpPage secret={secret} onDone={() => void navigate({ to: '/tickets', replace: true })} />;
  },
});
const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation/$secret',
  component: function Invitation() {
    useStore(language);
    const { secret } = invitation.useParams();
    const navigate = useNavigate();
    return <InvitationPage secret={secret} onDone={() => void navigate({ to: '/tickets', replace: true })} />;
  },
});
const forgot = createRoute({
  getParentRoute: () => root,
  path: '/forgot',
  component: function Forgot() {
    useStore(language);
    return <ForgotPage />;
  },
});
const reset = createRoute({
  getParentRoute: () => root,
  path: '/reset/$secret',
  component: function Reset() {
    useStore(language);
    const { secret } = reset.useParams();
    const navigate = useNavigate();
    return <ResetPage secret={secret} onDone={() => void navigate({ to: '/tickets', replace: true })} />;
  },
});
/** Printed on its own: no frame around it. */
const label = createRoute({
  getParentRoute: () => root,
  path: '/codes/$codeId/label',
  component: function Label() {
    const { codeId } = label.useParams();
    return (
      <SignedIn>
        <LabelPage codeId={codeId} />
      </SignedIn>
    );
  },
});

const desk = createRoute({
  getParentRoute: () => root,
  id: 'desk',
  component: () => (
    <SignedIn>
      <Frame />
    </SignedIn>
  ),
});
const start = createRoute({
  getParentRoute: () => desk,
  path: '/',
  component: () => <Navigate to="/inbox" replace />,
});
const inbox = createRoute({
  getParentRoute: () => desk,
  path: '/inbox',
  validateSearch: parseInboxPlace,
  component: function Inbox() {
    return <InboxPage place={inbox.useSearch()} onAnswered={openAnswered} />;
  },
});
const tickets = createRoute({
  getParentRoute: () => desk,
  path: '/tickets',
  validateSearch: parseTicketFilter,
  component: function Tickets() {
    const filter = tickets.useSearch();
    const navigate = useNavigate();
    return (
      <TicketListPage
        filter={filter}
        onFilter={(next, replace) => void navigate({ to: '/tickets', search: next, replace })}
      />
    );
  },
});
const ticket = createRoute({
  getParentRoute: () => desk,
  path: '/tickets/$ticketId',
  component: function OneTicket() {
    const { ticketId } = ticket.useParams();
    const { member } = useMe();
    const ask = useAsk();
    return (
      <TicketPage
        key={ticketId}
        ticketId={ticketId}
        leaves={(sessionId, stars) => (
          <>
            {stars === null ? null : <RatingsOfCard ask={ask} sessionId={sessionId} stars={stars} />}
            <RecordingsOfCard ask={ask} sessionId={sessionId} self={member.id} />
            <SessionScreenshots ask={ask} sessionId={sessionId} href={`/s/${sessionId}`} />
          </>
        )}
      />
    );
  },
});
const codes = createRoute({
  getParentRoute: () => desk,
  path: '/codes',
  validateSearch: parseCodeFilter,
  component: function Codes() {
    const filter = codes.useSearch();
    const navigate = useNavigate();
    return (
      <CodesPage filter={filter} onFilter={(next) => void navigate({ to: '/codes', search: next, replace: true })} />
    );
  },
});
const code = createRoute({
  getParentRoute: () => desk,
  path: '/codes/$codeId',
  component: function OneCode() {
    const { codeId } = code.useParams();
    return <CodePage key={codeId} codeId={codeId} />;
  },
});
const members = createRoute({
  getParentRoute: () => desk,
  path: '/members',
  validateSearch: (raw: Record<string, unknown>): { dialog?: 'invite' } =>
    raw['dialog'] === 'invite' ? { dialog: 'invite' } : {},
  component: function Members() {
    const { dialog } = members.useSearch();
    const navigate = useNavigate();
    return (
      <MembersPage
        inviting={dialog === 'invite'}
        onInviting={(open) =>
          void navigate({ to: '/members', search: open ? { dialog: 'invite' } : {}, replace: true })
        }
      />
    );
  },
});
const recordings = createRoute({
  getParentRoute: () => desk,
  path: '/recordings',
  validateSearch: parseRecordingFilter,
  component: function Recordings() {
    const filter = recordings.useSearch();
    const navigate = useNavigate();
    return (
      <RecordingsPage
        filter={filter}
        onFilter={(next) => void navigate({ to: '/recordings', search: next, replace: true })}
      />
    );
  },
});
const Account = () => <AccountPage more={<NotificationsSection />} />;
const settings = createRoute({ getParentRoute: () => desk, path: '/settings', component: SettingsPage });
const reports = createRoute({
  getParentRoute: () => desk,
  path: '/reports',
  validateSearch: parseReportTime,
  component: function Reports() {
    const navigate = useNavigate();
    return (
      <ReportsPage
        time={reports.useSearch()}
        onTime={(next) => void navigate({ to: '/reports', search: next, replace: true })}
      />
    );
  },
});
const privacy = createRoute({ getParentRoute: () => desk, path: '/privacy', component: PrivacyPage });
const account = createRoute({ getParentRoute: () => desk, path: '/account', component: Account });

/** Every address of the desk. */
export const routeTree = root.addChildren([
  signIn,
  setUp,
  invitation,
  forgot,
  reset,
  label,
  desk.addChildren([
    start,
    inbox,
    tickets,
    ticket,
    codes,
    code,
    members,
    recordings,
    reports,
    settings,
    privacy,
    account,
  ]),
]);
