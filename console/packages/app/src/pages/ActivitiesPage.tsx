import { lazy, Suspense, useEffect, useState } from 'react';
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { call, pages } from '../api/client.ts';
import { useChanges, useLoaded } from '../api/hooks.ts';
import type { Activity } from '../api/types.ts';
import {
  activityQueues,
  findWaiting,
  inputOf,
  LISTED_MAX,
  type ActivityQueue,
  type WaitingTask,
} from '../api/waiting.ts';
import { Problem } from '../components/Problem.tsx';
import { arnName, duration, time } from '../format.ts';
import { useSometimes } from '../hooks/useSometimes.ts';
import { paths } from '../router.ts';

const AnswerDialog = lazy(() => import('../components/AnswerDialog.tsx'));

/** Activities, and everything that waits for somebody from outside. */
export default function ActivitiesPage() {
  const activities = useLoaded('activities', (signal) =>
    pages<Activity>('ListActivities', { maxResults: 1_000 }, (p) => p['activities']!, signal),
  );
  const waiting = useWaiting();
  const [name, setName] = useState('');
  const [refusal, setRefusal] = useState<Error>();
  const [answered, setAnswered] = useState<WaitingTask>();
  if (activities.error) {
    return <Problem error={activities.error} retry={activities.reload} />;
  }
  const create = async () => {
    setRefusal(undefined);
    try {
      await call('CreateActivity', { name });
      setName('');
      activities.reload();
    } catch (e) {
      setRefusal(e as Error);
    }
  };
  const taken = (arn: string) =>
    waiting.found.filter((w) => w.kind === 'activity' && w.taken && w.activityArn === arn).length;
  const queue = (arn: string) => waiting.queues.find((q) => q.activityArn === arn);
  return (
    <SpaceBetween size="l">
      <Header variant="h1">Activities and approvals</Header>
      {refusal && <Problem error={refusal} />}
      <Waiting waiting={waiting} onAnswer={setAnswered} />
      <Table
        variant="container"
        items={activities.value ?? []}
        trackBy="activityArn"
        loading={activities.value === undefined}
        loadingText="Loading activities"
        enableKeyboardNavigation
        ariaLabels={{ tableLabel: 'Activities' }}
        columnDefinitions={[
          {
            id: 'name',
            header: 'Name',
            isRowHeader: true,
            width: 340,
            cell: (a) => <Link href={paths.activity(a.activityArn)}>{a.name}</Link>,
          },
          {
            id: 'waiting',
            header: 'Waiting',
            width: 110,
            cell: (a) => queue(a.activityArn)?.waiting ?? 0,
          },
          { id: 'taken', header: 'With a worker', width: 140, cell: (a) => taken(a.activityArn) },
          {
            id: 'polling',
            header: 'Workers that ask',
            width: 240,
            cell: (a) => pollers(queue(a.activityArn)),
          },
          { id: 'created', header: 'Created', cell: (a) => time(a.creationDate) },
        ]}
        header={
          <Header
            variant="h2"
            counter={activities.value ? `(${activities.value.length})` : ''}
            actions={
              <SpaceBetween direction="horizontal" size="xs" alignItems="center">
                <Input
                  value={name}
                  ariaLabel="Name of the activity"
                  placeholder="Name"
                  spellcheck={false}
                  onChange={({ detail }) => setName(detail.value)}
                />
                <Button disabled={!name} onClick={() => void create()}>
                  Create activity
                </Button>
              </SpaceBetween>
            }
          >
            Activities
          </Header>
        }
        empty={
          <Box textAlign="center" padding="l" color="inherit">
            <b>There are no activities</b>
            <Box variant="p" color="inherit">
              An activity is a queue of tasks that workers of yours take and answer.
            </Box>
          </Box>
        }
      />
      {answered?.kind === 'token' && (
        <Suspense>
          <Answer
            task={answered}
            token={answered.taskToken}
            onClose={() => {
              setAnswered(undefined);
              waiting.reload();
            }}
          />
        </Suspense>
      )}
    </SpaceBetween>
  );
}

/** Answers a task, its input beside the form. */
function Answer(props: { task: WaitingTask; token: string; onClose: () => void }) {
  const { task, token, onClose } = props;
  const input = useLoaded(`${task.executionArn} ${task.enteredEvent}`, (signal) =>
    inputOf(task, signal),
  );
  return <AnswerDialog state={task.state} input={input.value} token={token} onClose={onClose} />;
}

/** How many workers ask for a task, and who they are. */
export function pollers(queue: ActivityQueue | undefined): string {
  if (!queue?.polling) {
    return '–';
  }
  const names = queue.workers.join(', ');
  return names ? `${queue.polling}: ${names}` : String(queue.polling);
}

export interface WaitingNow {
  queues: ActivityQueue[];
  found: WaitingTask[];
  isPartial: boolean;
  isOver: boolean;
  error: Error | undefined;
  reload(): void;
}

/** What waits, as far as it has been found. */
export function useWaiting(): WaitingNow {
  const [round, setRound] = useState(0);
  const [now, setNow] = useState<Omit<WaitingNow, 'reload'>>({
    queues: [],
    found: [],
    isPartial: false,
    isOver: false,
    error: undefined,
  });
  useChanges(
    {},
    useSometimes(() => setRound((n) => n + 1)),
  );
  useEffect(() => {
    const gone = new AbortController();
    Promise.all([
      activityQueues(gone.signal).then((queues) => setNow((n) => ({ ...n, queues }))),
      findWaiting(gone.signal, (found, isPartial) =>
        setNow((n) => ({ ...n, found, isPartial, isOver: n.isOver, error: undefined })),
      ),
    ]).then(
      () => !gone.signal.aborted && setNow((n) => ({ ...n, isOver: true })),
      (error: Error) => !gone.signal.aborted && setNow((n) => ({ ...n, isOver: true, error })),
    );
    return () => gone.abort();
  }, [round]);
  return { ...now, reload: () => setRound((n) => n + 1) };
}

/** Tasks that wait, the oldest first, each with what can be done about it. */
export function Waiting({
  waiting,
  onAnswer,
  title = 'Waiting for somebody',
}: {
  waiting: WaitingNow;
  onAnswer: (task: WaitingTask) => void;
  title?: string;
}) {
  const now = Date.now() / 1_000;
  if (waiting.error) {
    return <Problem error={waiting.error} retry={waiting.reload} />;
  }
  return (
    <>
      {waiting.isPartial && (
        <Alert type="info">More may wait than the {LISTED_MAX} at most that are listed here.</Alert>
      )}
      <Table
        variant="container"
        items={waiting.found}
        trackBy={(w) => `${w.executionArn} ${w.enteredEvent}`}
        loading={!waiting.isOver && waiting.found.length === 0}
        loadingText="Looking for tasks that wait"
        enableKeyboardNavigation
        ariaLabels={{ tableLabel: title }}
        columnDefinitions={[
          {
            id: 'state',
            header: 'State',
            isRowHeader: true,
            width: 260,
            cell: (w) => (
              <Link href={`${paths.execution(w.executionArn)}?step=${w.enteredEvent}`}>
                {w.state}
              </Link>
            ),
          },
          {
            id: 'execution',
            header: 'Execution',
            width: 300,
            cell: (w) => `${arnName(w.stateMachineArn)} · ${arnName(w.executionArn)}`,
          },
          { id: 'since', header: 'Waits', width: 120, cell: (w) => duration(now - w.since) },
          {
            id: 'for',
            header: 'For',
            width: 240,
            cell: (w) =>
              w.kind === 'token'
                ? `an answer to its token (${w.resource})`
                : w.taken
                  ? `worker ${w.worker ?? 'without a name'}`
                  : `a worker of ${arnName(w.activityArn)}`,
          },
          {
            id: 'act',
            header: 'Action',
            cell: (w) =>
              w.kind === 'activity' ? (
                w.taken ? (
                  '–'
                ) : (
                  <Link href={paths.activity(w.activityArn)}>Play the worker</Link>
                )
              ) : (
                <Button variant="inline-link" onClick={() => onAnswer(w)}>
                  Answer
                </Button>
              ),
          },
        ]}
        header={
          <Header
            variant="h2"
            counter={waiting.isOver ? `(${waiting.found.length})` : '(…)'}
            actions={<Button iconName="refresh" ariaLabel="Look again" onClick={waiting.reload} />}
          >
            {title}
          </Header>
        }
        empty={
          <Box textAlign="center" padding="l" color="inherit">
            <b>Nothing waits for anybody</b>
            <Box variant="p" color="inherit">
              Tasks of activities, and tasks that wait for their token, are shown here.
            </Box>
          </Box>
        }
      />
    </>
  );
}
