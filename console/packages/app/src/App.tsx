import { Component, lazy, Suspense, useEffect, type ReactNode } from 'react';
import Alert from '@cloudscape-design/components/alert';
import AppLayout from '@cloudscape-design/components/app-layout';
import Box from '@cloudscape-design/components/box';
import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group';
import Button from '@cloudscape-design/components/button';
import { I18nProvider } from '@cloudscape-design/components/i18n';
import messages from '@cloudscape-design/components/i18n/messages/all.en';
import Link from '@cloudscape-design/components/link';
import Spinner from '@cloudscape-design/components/spinner';
import { arnName } from './format.ts';
import { MachinesPage } from './pages/MachinesPage.tsx';
import { after, followLink, paths, useAddress } from './router.ts';

const CreatePage = lazy(() => import('./pages/CreatePage.tsx'));
const EditPage = lazy(() => import('./pages/EditorPage.tsx'));
const MachinePage = lazy(() => import('./pages/MachinePage.tsx'));
const ExecutionPage = lazy(() => import('./pages/ExecutionPage.tsx'));

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
          <a href={paths.machines()} aria-current={path === '/' ? 'page' : undefined}>
            State machines
          </a>
        </nav>
      </header>
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
          <Guard key={path}>
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
