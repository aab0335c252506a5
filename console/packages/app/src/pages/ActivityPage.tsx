import { useEffect, useRef, useState } from 'react';
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { call } from '../api/client.ts';
import { useLoaded } from '../api/hooks.ts';
import type { Activity } from '../api/types.ts';
import ActionDialog from '../components/ActionDialog.tsx';
import { AnswerForm } from '../components/AnswerForm.tsx';
import { Arn } from '../components/Arn.tsx';
import { Facts } from '../components/Facts.tsx';
import { Json } from '../components/Json.tsx';
import { Problem } from '../components/Problem.tsx';
import { kept, keep } from '../kept.ts';
import { time } from '../format.ts';
import { navigate, paths } from '../router.ts';
import { pollers, useWaiting, Waiting } from './ActivitiesPage.tsx';

interface Task {
  taskToken?: string;
  input?: string;
}

/** One activity, with a form that plays its worker. */
export default function ActivityPage({ arn }: { arn: string }) {
  const activity = useLoaded(arn, (signal) =>
    call<Activity>('DescribeActivity', { activityArn: arn }, signal),
  );
  const waiting = useWaiting();
  const [doomed, setDoomed] = useState(false);
  if (activity.error) {
    return <Problem error={activity.error} retry={activity.reload} />;
  }
  const { value } = activity;
  const own = {
    ...waiting,
    found: waiting.found.filter((w) => w.kind === 'activity' && w.activityArn === arn),
  };
  const queue = waiting.queues.find((q) => q.activityArn === arn);
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        actions={
          <Button disabled={!value} onClick={() => setDoomed(true)}>
            Delete
          </Button>
        }
      >
        <span className="title">{value?.name ?? '…'}</span>
      </Header>
      <Facts
        facts={[
          ['Waiting', queue?.waiting ?? 0],
          ['Workers that ask', pollers(queue)],
          ['Created', value ? time(value.creationDate) : '…'],
          ['ARN', <Arn arn={arn} />],
        ]}
      />
      <Worker arn={arn} onDone={waiting.reload} />
      <Waiting waiting={own} onAnswer={() => undefined} title="Tasks that wait" />
      {doomed && (
        <ActionDialog
          title={`Delete activity ${value?.name ?? ''}`}
          word="Delete activity"
          act={() => call('DeleteActivity', { activityArn: arn })}
          onClose={() => setDoomed(false)}
          onDone={() => navigate(paths.activities())}
        >
          <div className="cause">
            Its tasks are not given to workers any more; those that wait fail by their timeouts.
          </div>
        </ActionDialog>
      )}
    </SpaceBetween>
  );
}

/** Takes a task as a worker does, and answers it. A task that was taken outlives a reload. */
function Worker({ arn, onDone }: { arn: string; onDone: () => void }) {
  const key = `stepwise.task.${arn}`;
  const [task, setTask] = useState<Task | undefined>(() => {
    const [taskToken, input] = kept(key, []);
    return taskToken === undefined ? undefined : { taskToken, input: input ?? '' };
  });
  const [name, setName] = useState('console');
  const [isAsking, setIsAsking] = useState(false);
  const [isEmpty, setIsEmpty] = useState(false);
  const [refusal, setRefusal] = useState<Error>();
  const gone = useRef<AbortController>(undefined);
  useEffect(() => () => gone.current?.abort(), []);
  const take = async () => {
    gone.current = new AbortController();
    setIsAsking(true);
    setIsEmpty(false);
    setRefusal(undefined);
    try {
      const next = await call<Task>(
        'GetActivityTask',
        { activityArn: arn, ...(name ? { workerName: name } : {}) },
        gone.current.signal,
      );
      if (next.taskToken) {
        keep(key, [next.taskToken, next.input ?? '']);
        setTask(next);
        onDone();
      } else {
        setIsEmpty(true);
      }
    } catch (e) {
      if (!gone.current.signal.aborted) {
        setRefusal(e as Error);
      }
    } finally {
      setIsAsking(false);
    }
  };
  const drop = () => {
    keep(key, []);
    setTask(undefined);
    onDone();
  };
  return (
    <section className="panel padded worker" aria-label="Play the worker">
      <h2>Play the worker</h2>
      {task?.taskToken ? (
        <div className="worker-task">
          <div>
            <Json label="Input of the task" text={task.input} />
          </div>
          <div>
            <AnswerForm token={task.taskToken} onDone={drop} />
            <div className="worker-drop">
              <Button variant="inline-link" onClick={drop}>
                Forget this task
              </Button>
              <span className="quiet"> It then fails by its timeout.</span>
            </div>
          </div>
        </div>
      ) : (
        <SpaceBetween size="s">
          <div className="worker-take">
            <FormField label="Name of the worker">
              <Input value={name} onChange={({ detail }) => setName(detail.value)} />
            </FormField>
            <Button variant="primary" loading={isAsking} onClick={() => void take()}>
              Take a task
            </Button>
            {isAsking && <Button onClick={() => gone.current?.abort()}>Stop waiting</Button>}
          </div>
          {isAsking && <div className="quiet">Waits up to a minute for a task, as workers do.</div>}
          {isEmpty && <Alert type="info">There was no task for a minute.</Alert>}
          {refusal && <Problem error={refusal} />}
        </SpaceBetween>
      )}
    </section>
  );
}
