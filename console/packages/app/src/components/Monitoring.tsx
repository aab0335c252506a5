import { useMemo } from 'react';
import Alert from '@cloudscape-design/components/alert';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { call } from '../api/client.ts';
import { useLoaded } from '../api/hooks.ts';
import type { ExecutionItem, ExecutionStatus, MachineDetails } from '../api/types.ts';
import { duration, time } from '../format.ts';
import { chartOf, quantile, type Chart } from '../monitoring.ts';
import { paths } from '../router.ts';
import { Facts } from './Facts.tsx';
import { Problem } from './Problem.tsx';

const NEWEST = 1_000;

/** What the newest executions of a state machine say of how it is doing. */
export default function Monitoring({ machine }: { machine: MachineDetails }) {
  const isExpress = machine.type === 'EXPRESS';
  const list = useLoaded(machine.stateMachineArn, async (signal) => {
    if (isExpress) {
      return { executions: [] };
    }
    return call<{ executions: ExecutionItem[]; nextToken?: string }>(
      'ListExecutions',
      { stateMachineArn: machine.stateMachineArn, maxResults: NEWEST },
      signal,
    );
  });
  const executions = list.value?.executions;
  const chart = useMemo(() => executions && chartOf(executions), [executions]);
  if (list.error) {
    return <Problem error={list.error} retry={list.reload} />;
  }
  const times = (executions ?? [])
    .flatMap((e) => (e.stopDate === undefined ? [] : [e.stopDate - e.startDate]))
    .sort((a, b) => a - b);
  const slowest = (executions ?? [])
    .filter((e) => e.stopDate !== undefined)
    .sort((a, b) => b.stopDate! - b.startDate - (a.stopDate! - a.startDate))
    .slice(0, 5);
  const count = (...statuses: ExecutionStatus[]) =>
    executions ? executions.filter((e) => statuses.includes(e.status)).length : '…';
  const shown = (of: number) => (times.length ? duration(quantile(times, of)) : '–');
  return (
    <SpaceBetween size="m">
      <Alert type="info">
        Made of the newest {NEWEST} executions, as they are listed. Series over days, billed
        transitions and errors by integration are missing: the server keeps no metrics yet.
        {isExpress && ' Express executions are not listed, so there is nothing to show for them.'}
      </Alert>
      {!isExpress && (
        <>
          <Facts
            facts={[
              ['Executions', `${executions?.length ?? '…'}${list.value?.nextToken ? '+' : ''}`],
              ['Running', count('RUNNING', 'PENDING_REDRIVE')],
              ['Succeeded', count('SUCCEEDED')],
              ['Failed', count('FAILED')],
              ['Timed out', count('TIMED_OUT')],
              ['Aborted', count('ABORTED')],
              ['Half took up to', shown(0.5)],
              ['95 % up to', shown(0.95)],
              ['99 % up to', shown(0.99)],
            ]}
          />
          <div className="charts">
            <figure className="panel padded">
              <figcaption>Executions started</figcaption>
              {chart && chart.bars.length > 0 ? (
                <Bars chart={chart} />
              ) : (
                <p className="centred quiet">There are no executions to draw.</p>
              )}
            </figure>
            <section className="panel padded" aria-label="The slowest">
              <h3>The slowest</h3>
              <ol className="slowest">
                {slowest.map((e) => (
                  <li key={e.executionArn}>
                    <a href={paths.execution(e.executionArn)}>{e.name}</a>
                    <span>{duration(e.stopDate! - e.startDate)}</span>
                  </li>
                ))}
              </ol>
            </section>
          </div>
        </>
      )}
    </SpaceBetween>
  );
}

const KINDS = ['failed', 'aborted', 'running', 'succeeded'] as const;

function Bars({ chart }: { chart: Chart }) {
  const [width, height] = [720, 200];
  const step = width / chart.bars.length;
  const words = `${chart.bars.length} times from ${time(chart.from)} to ${time(chart.to)}, up to ${chart.most} starts each`;
  return (
    <>
      <svg viewBox={`0 0 ${width} ${height}`} className="bars" role="img" aria-label={words}>
        {chart.bars.map((bar, i) => {
          let y = height;
          return (
            <g key={i}>
              <title>
                {`${time(bar.from).slice(0, 19)}: ${KINDS.filter((k) => bar.counts[k])
                  .map((k) => `${bar.counts[k]} ${k}`)
                  .join(', ')}`}
              </title>
              {[...KINDS].reverse().map((kind) => {
                const h = (bar.counts[kind] / chart.most) * (height - 8);
                y -= h;
                return h > 0 ? (
                  <rect
                    key={kind}
                    className={`bar ${kind}`}
                    x={i * step + 1}
                    y={y}
                    width={Math.max(1, step - 2)}
                    height={h}
                  />
                ) : null;
              })}
            </g>
          );
        })}
      </svg>
      <div className="bars-axis quiet">
        <span>{time(chart.from).slice(0, 19)}</span>
        <span>up to {chart.most}</span>
        <span>{time(chart.to).slice(0, 19)}</span>
      </div>
    </>
  );
}
