import {
  Component,
  lazy,
  Suspense,
  useEffect,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import Alert from '@cloudscape-design/components/alert';
import AppLayout from '@cloudscape-design/components/app-layout';
import Box from '@cloudscape-design/components/box';
import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group';
import Button from '@cloudscape-design/components/button';
import { I18nProvider } from '@cloudscape-design/components/i18n';
import messages from '@cloudscape-design/components/i18n/messages/all.en';
import Link from '@cloudscape-design/components/link';
import Spinner from '@cloudscape-design/components/spinner';
import { useIsLost } from './api/hooks.ts';
import { arnName, timeZone } from './format.ts';
import { MachinesPage } from './pages/MachinesPage.tsx';
import { after, followLink, navigate, paths, useAddress } from './router.ts';

const Palette = lazy(() => import('./components/Palette.tsx'));
const Shortcuts = lazy(() => import('./components/Shortcuts.tsx'));
const CreatePage = lazy(() => import('./pages/CreatePage.tsx'));
const EditPage = lazy(() => import('./pages/EditorPage.tsx'));
const MachinePage = lazy(() => import('./pages/MachinePage.tsx'));
const MapRunPage = lazy(() => import('./pages/MapRunPage.tsx'));
const ActivitiesPage = lazy(() => import('./pages/ActivitiesPage.tsx'));
const ActivityPage = lazy(() => import('./pages/ActivityPage.tsx'));
const MonitoringPage = lazy(() => import('./pages/MonitoringPage.tsx'));
const TestStatePage = lazy(() => import('./pages/TestStatePage.tsx'));
const ExecutionPage = lazy(() => import('./pages/ExecutionPage.tsx'));

const SECTIONS = [
  {
    href: paths.machines(),
    text: 'State machines',
    pages: /^\/($|state-machines|executions|map-runs)/,
  },
  { href: paths.monitoring(), text: 'Monitoring', pages: /^\/monitoring/ },
  { href: paths.activities(), text: 'Activities', pages: /^\/activities/ },
  { href: paths.testState(), text: 'Test state', pages: /^\/test-state/ },
];

interface Page {
  title: string;
  trail: { text: string; href: string }[];
  content: ReactNode;
}

export function App() {
  const { path } = useAddress();
  useEffect(() => {
    document.addEventListener('click', followLink);
    return () => document.removeEventListener('click', followLink);
  }, []);
  const isLost = useIsLost();
  const isUtc = useSyncExternalStore(timeZone.onChange, timeZone.isUtc);
  const [over, setOver] = useState<'palette' | 'keys'>();
  useEffect(() => {
    let went = 0;
    const keys = (e: KeyboardEvent) => {
      if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === 'k') {
        e.preventDefault();
        setOver('palette');
        return;
      }
      if (e.ctrlKey || e.metaKey || e.altKey || isWriting(e)) {
        return;
      }
      const to = {
        m: paths.machines(),
        o: paths.monitoring(),
        a: paths.activities(),
        t: paths.testState(),
      }[e.key];
      if (e.key === '?') {
        setOver('keys');
      } else if (e.key === '/') {
        const search = document.querySelector<HTMLElement>('main input[type=search]');
        if (search) {
          e.preventDefault();
          search.focus();
        }
      } else if (e.key === 'g') {
        went = e.timeStamp;
      } else if (to && e.timeStamp - went < JUMP_MS) {
        navigate(to);
      }
    };
    document.addEventListener('keydown', keys);
    return () => document.removeEventListener('keydown', keys);
  }, []);
  const page = pageAt(path);
  useEffect(() => {
    document.title = page.title;
  }, [page.title]);
  return (
    <I18nProvider locale="en" messages={[messages]}>
      <header id="top">
        <a href={paths.machines()} className="brand">
          <svg viewBox="0 0 32 32" width="24" height="24" aria-hidden="true">
            <rect width="32" height="32" rx="7" />
            <path d="M7 24h6v-6h6v-6h6" />
          </svg>
          Stepwise
        </a>
        <nav aria-label="Pages">
          {SECTIONS.map(({ href, text, pages }) => (
            <a key={href} href={href} aria-current={pages.test(path) ? 'page' : undefined}>
              {text}
            </a>
          ))}
        </nav>
        <span className="top-lost" role="status">
          {isLost && 'Not live: trying to reach the server'}
        </span>
        <button type="button" className="top-button" onClick={() => setOver('palette')}>
          Commands <kbd>Ctrl K</kbd>
        </button>
        <button
          type="button"
          className="top-button"
          title="Which times are shown"
          onClick={timeZone.toggle}
        >
          {isUtc ? 'UTC' : 'Local time'}
        </button>
        <button
          type="button"
          className="top-button"
          aria-label="? Keys"
          title="What the keys do"
          onClick={() => setOver('keys')}
        >
          ?
        </button>
      </header>
      <Suspense>
        {over === 'palette' && <Palette onClose={() => setOver(undefined)} />}
        {over === 'keys' && <Shortcuts onClose={() => setOver(undefined)} />}
      </Suspense>
      <AppLayout
        headerSelector="#top"
        navigationHide
        toolsHide
        contentType="table"
        maxContentWidth={Number.MAX_VALUE}
        ariaLabels={{ notifications: 'Notifications' }}
        breadcrumbs={
          page.trail.length > 1 ? (
            <BreadcrumbGroup items={page.trail} ariaLabel="Breadcrumbs" />
          ) : undefined
        }
        content={
          <Guard key={holdsWork(path) ? path : `${path} ${isUtc}`}>
            <Suspense
              fallback={
                <Box textAlign="center" padding="xxl">
                  <Spinner size="large" />
                </Box>
              }
            >
              {page.content}
            </Suspense>
          </Guard>
        }
      />
    </I18nProvider>
  );
}

/** Whether a page holds what somebody is writing, and shows no times: it is not made anew. */
const holdsWork = (path: string): boolean => /^\/test-state|\/(create|edit)$/.test(path);

/** Two keys that follow each other within this time belong together. */
const JUMP_MS = 1_200;

/** Whether a key goes into a field, or to a dialog. */
function isWriting(e: KeyboardEvent): boolean {
  // Events out of the editor's shadow root look as if they came from its host.
  const target = e.composedPath()[0] as HTMLElement;
  return (
    target.isContentEditable ||
    target.closest?.('input, textarea, select, dialog, [role=dialog]') !== null
  );
}

function pageAt(path: string): Page {
  const home = { text: 'State machines', href: paths.machines() };
  if (path === '/state-machines/create') {
    return {
      title: 'Create a state machine · Stepwise',
      trail: [home, { text: 'Create', href: paths.create() }],
      content: <CreatePage />,
    };
  }
  const edited = path.endsWith('/edit') ? after(path.slice(0, -5), '/state-machines/') : undefined;
  if (edited !== undefined) {
    return {
      title: `Edit ${arnName(edited)} · Stepwise`,
      trail: [
        home,
        { text: arnName(edited), href: paths.machine(edited) },
        { text: 'Edit', href: paths.edit(edited) },
      ],
      content: <EditPage key={edited} arn={edited} />,
    };
  }
  const machine = after(path, '/state-machines/');
  if (machine !== undefined) {
    return {
      title: `${arnName(machine)} · Stepwise`,
      trail: [home, { text: arnName(machine), href: paths.machine(machine) }],
      content: <MachinePage key={machine} arn={machine} />,
    };
  }
  const execution = after(path, '/executions/');
  if (execution !== undefined) {
    const of = machineOf(execution);
    return {
      title: `${arnName(execution)} · Stepwise`,
      trail: [
        home,
        { text: arnName(of), href: paths.machine(of) },
        { text: `Execution: ${arnName(execution)}`, href: paths.execution(execution) },
      ],
      content: <ExecutionPage key={execution} arn={execution} />,
    };
  }
  const mapRun = after(path, '/map-runs/');
  if (mapRun !== undefined) {
    const of = machineOf(mapRun);
    return {
      title: `Map run · Stepwise`,
      trail: [
        home,
        { text: arnName(of), href: paths.machine(of) },
        { text: 'Map run', href: paths.mapRun(mapRun) },
      ],
      content: <MapRunPage key={mapRun} arn={mapRun} />,
    };
  }
  const activities = { text: 'Activities', href: paths.activities() };
  const activity = after(path, '/activities/');
  if (activity !== undefined) {
    return {
      title: `${arnName(activity)} · Stepwise`,
      trail: [activities, { text: arnName(activity), href: paths.activity(activity) }],
      content: <ActivityPage key={activity} arn={activity} />,
    };
  }
  if (path === '/activities') {
    return {
      title: 'Activities · Stepwise',
      trail: [activities],
      content: <ActivitiesPage />,
    };
  }
  if (path === '/monitoring') {
    return {
      title: 'Monitoring · Stepwise',
      trail: [{ text: 'Monitoring', href: paths.monitoring() }],
      content: <MonitoringPage />,
    };
  }
  if (path === '/test-state') {
    return {
      title: 'Test a state · Stepwise',
      trail: [{ text: 'Test a state', href: paths.testState() }],
      content: <TestStatePage />,
    };
  }
  if (path === '/' || /^\/state-machines\/?$/.test(path)) {
    return { title: 'State machines · Stepwise', trail: [home], content: <MachinesPage /> };
  }
  return {
    title: 'Not found · Stepwise',
    trail: [home],
    content: (
      <Alert type="warning" header="There is no such page">
        <Link href={paths.machines()}>Go to the state machines</Link>
      </Alert>
    ),
  };
}

/** arn:…:execution:MACHINE:NAME is of arn:…:stateMachine:MACHINE. */
function machineOf(execution: string): string {
  const parts = execution.split(':');
  return [...parts.slice(0, 5), 'stateMachine', (parts[6] ?? '').split('/')[0]].join(':');
}

/** What goes wrong on a page stays on that page. */
class Guard extends Component<{ children: ReactNode }, { fault: Error | undefined }> {
  override state: { fault: Error | undefined } = { fault: undefined };

  static getDerivedStateFromError(fault: Error) {
    return { fault };
  }

  override render() {
    return this.state.fault ? (
      <Alert
        type="error"
        header="This page could not be shown"
        action={<Button onClick={() => this.setState({ fault: undefined })}>Try again</Button>}
      >
        {this.state.fault.message}
      </Alert>
    ) : (
      this.props.children
    );
  }
}
