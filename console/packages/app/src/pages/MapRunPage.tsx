import { useEffect, useMemo, useRef, useState } from 'react';
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { call } from '../api/client.ts';
import { useChanges, useLoaded, useNow } from '../api/hooks.ts';
import type { ExecutionDetails, ItemCounts, MapRun } from '../api/types.ts';
import ActionDialog from '../components/ActionDialog.tsx';
import { Arn } from '../components/Arn.tsx';
import { Executions } from '../components/Executions.tsx';
import { Facts } from '../components/Facts.tsx';
import { Problem } from '../components/Problem.tsx';
import { ExecutionBadge } from '../components/Status.tsx';
import { arnName, duration, time } from '../format.ts';
import { progressOf, type Sample } from '../progress.ts';
import { paths, useAddress } from '../router.ts';

const AGAIN_MS = 1_000;

/** A map run: how far its items are, what they cost, its child executions. */
export default function MapRunPage({ arn }: { arn: string }) {
  const { query } = useAddress();
  const [isEditing, setIsEditing] = useState(false);
  const run = useLoaded(arn, (signal) =>
    call<MapRun>('DescribeMapRun', { mapRunArn: arn }, signal),
  );
  const last = useRef<MapRun>(undefined);
  last.current = run.value ?? last.current;
  const value = last.current;
  const isRunning = value?.status === 'RUNNING';
  const parent = useLoaded(value?.executionArn ?? '', async (signal) =>
    value
      ? call<ExecutionDetails>('DescribeExecution', { executionArn: value.executionArn }, signal)
      : undefined,
  );
  const due = useRef<ReturnType<typeof setTimeout>>(undefined);
  const soon = () => {
    due.current ??= setTimeout(() => {
      due.current = undefined;
      run.reload();
    }, AGAIN_MS);
  };
  useEffect(() => () => clearTimeout(due.current), []);
  useChanges(isRunning ? { stateMachineArn: machineOf(arn) } : undefined, soon);
  const now = useNow(isRunning);
  const samples = useRef<Sample[]>([]);
  const counts = value?.itemCounts;
  const progress = useMemo(() => {
    if (!value || !counts) {
      return undefined;
    }
    samples.current = [
      ...samples.current.slice(-120),
      { at: Date.now() / 1_000, done: doneOf(counts) },
    ];
    return progressOf(samples.current, counts.total, value.startDate);
  }, [value]);
  if (run.error && !value) {
    return <Problem error={run.error} retry={run.reload} />;
  }
  const back = query.get('back');
  const failed = counts ? counts.failed + counts.timedOut : 0;
  const took = value ? (value.stopDate ?? now) - value.startDate : 0;
  return (
    <SpaceBetween size="m">
      {back?.startsWith('/') && !back.startsWith('//') && (
        <div className="wayback">
          <a href={back}>◂ Back to {arnName(decodeURIComponent(back.split('?')[0]!))}</a>
        </div>
      )}
      <Header
        variant="h1"
        actions={
          <Button disabled={!isRunning} onClick={() => setIsEditing(true)}>
            Edit settings
          </Button>
        }
      >
        <span className="title">Map run {arn.slice(arn.lastIndexOf(':') + 1)}</span>
      </Header>
      <Facts
        facts={[
          ['Status', value ? <ExecutionBadge status={value.status} /> : '…'],
          [
            'Execution',
            value ? (
              <Link href={paths.execution(value.executionArn)}>{arnName(value.executionArn)}</Link>
            ) : (
              '…'
            ),
          ],
          ['Started', value ? time(value.startDate) : '…'],
          ['Ended', value?.stopDate === undefined ? '–' : time(value.stopDate)],
          ['Duration', value ? duration(took) : '…'],
          ['Concurrency', value ? value.maxConcurrency || 'no limit' : '…'],
          ['Tolerated failures', value ? tolerated(value) : '…'],
          ['Redrives', value?.redriveCount ?? 0],
          ['ARN', <Arn arn={arn} />],
        ]}
      />
      {run.error && (
        <Alert type="warning" header="What is shown may be old">
          {run.error.message}
        </Alert>
      )}
      {value?.status === 'FAILED' && (
        <Alert
          type="error"
          header="Failed"
          action={<Button href={paths.execution(value.executionArn)}>Open the execution</Button>}
        >
          {failed} of {counts?.total} items failed. {parent.value?.cause ?? ''}
        </Alert>
      )}
      <section className="panel padded" aria-label="Items">
        <div className="map-run-head">
          <h2>Items</h2>
          <span className="quiet">
            {counts && `${doneOf(counts)} of ${counts.total} done`}
            {isRunning && progress?.rate
              ? ` · ${progress.rate.toFixed(progress.rate < 10 ? 1 : 0)} a second · about ${duration(progress.left ?? 0)} left, until ${time(now + (progress.left ?? 0)).slice(11, 19)}`
              : value && counts && took > 0
                ? ` · ${(doneOf(counts) / took).toFixed(1)} a second`
                : ''}
          </span>
        </div>
        {counts && <Counts counts={counts} label="Items by status" />}
        {value && counts && value.executionCounts.total !== counts.total && (
          <>
            <h2>Child executions</h2>
            <Counts counts={value.executionCounts} label="Child executions by status" />
          </>
        )}
      </section>
      <Executions of={{ mapRunArn: arn }} canRedrive={false} title="Child executions" />
      {isEditing && value && (
        <Settings run={value} onClose={() => setIsEditing(false)} onDone={run.reload} />
      )}
    </SpaceBetween>
  );
}

/** Children are told of as executions of the state machine. */
const machineOf = (mapRun: string): string =>
  mapRun.replace(/:mapRun:([^/:]*).*$/, ':stateMachine:$1');

const doneOf = (c: ItemCounts): number => c.succeeded + c.failed + c.timedOut + c.aborted;

function tolerated(run: MapRun): string {
  const parts = [
    ...(run.toleratedFailureCount ? [String(run.toleratedFailureCount)] : []),
    ...(run.toleratedFailurePercentage ? [`${run.toleratedFailurePercentage} %`] : []),
  ];
  return parts.length ? parts.join(' and ') : 'none';
}

const KINDS: [field: keyof ItemCounts, label: string, look: string][] = [
  ['succeeded', 'Succeeded', 'succeeded'],
  ['running', 'Running', 'running'],
  ['failed', 'Failed', 'failed'],
  ['timedOut', 'Timed out', 'failed'],
  ['aborted', 'Aborted', 'aborted'],
  ['pending', 'Pending', 'none'],
];

function Counts({ counts, label }: { counts: ItemCounts; label: string }) {
  const total = Math.max(1, counts.total);
  return (
    <>
      <div
        className="stack"
        role="img"
        aria-label={`${label}: ${KINDS.map(([f, l]) => `${counts[f] ?? 0} ${l.toLowerCase()}`).join(', ')}`}
      >
        {KINDS.map(([field, name, look]) =>
          counts[field] ? (
            <span
              key={field}
              className={`stack-part ${look}`}
              title={`${counts[field]} ${name.toLowerCase()}`}
              style={{ width: `${((counts[field] ?? 0) / total) * 100}%` }}
            />
          ) : null,
        )}
      </div>
      <dl className="facts stack-facts">
        {KINDS.map(([field, name, look]) => (
          <div key={field}>
            <dt>
              <i className={`dot ${look}`} /> {name}
            </dt>
            <dd>{counts[field] ?? 0}</dd>
          </div>
        ))}
        <div>
          <dt>Results written</dt>
          <dd>{counts.resultsWritten}</dd>
        </div>
        <div>
          <dt>All</dt>
          <dd>{counts.total}</dd>
        </div>
      </dl>
    </>
  );
}

function Settings({
  run,
  onClose,
  onDone,
}: {
  run: MapRun;
  onClose: () => void;
  onDone: () => void;
}) {
  const [concurrency, setConcurrency] = useState(String(run.maxConcurrency));
  const [count, setCount] = useState(String(run.toleratedFailureCount));
  const [share, setShare] = useState(String(run.toleratedFailurePercentage));
  const isWhole = (text: string) => /^\d+$/.test(text);
  const isShare = /^\d+(\.\d+)?$/.test(share) && Number(share) <= 100;
  const save = () =>
    call('UpdateMapRun', {
      mapRunArn: run.mapRunArn,
      maxConcurrency: Number(concurrency),
      toleratedFailureCount: Number(count),
      toleratedFailurePercentage: Number(share),
    });
  const field = (
    label: string,
    about: string,
    value: string,
    set: (text: string) => void,
    isFine: boolean,
  ) => (
    <FormField
      label={label}
      constraintText={about}
      errorText={isFine ? undefined : 'Expected a number.'}
    >
      <Input type="number" value={value} onChange={({ detail }) => set(detail.value)} />
    </FormField>
  );
  return (
    <ActionDialog
      title="Settings of the map run"
      word="Save settings"
      disabled={!isWhole(concurrency) || !isWhole(count) || !isShare}
      act={save}
      onClose={onClose}
      onDone={onDone}
    >
      <div>They hold at once for what has not started; what runs goes on.</div>
      {field(
        'Concurrency',
        'How many children run at once; 0 for no limit.',
        concurrency,
        setConcurrency,
        isWhole(concurrency),
      )}
      {field('Tolerated failures', 'How many items may fail.', count, setCount, isWhole(count))}
      {field(
        'Tolerated share',
        'Which share of items may fail, in percent.',
        share,
        setShare,
        isShare,
      )}
    </ActionDialog>
  );
}
