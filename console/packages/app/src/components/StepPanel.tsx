import { lazy, Suspense, useMemo, useState } from 'react';
import {
  childExecution,
  eventDetails,
  variablesAt,
  waitingIn,
  type Outline,
  type Place,
  type Run,
  type Step,
} from '@stepwise/graph';
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Select from '@cloudscape-design/components/select';
import { arnName, duration, time } from '../format.ts';
import { jsonDiff } from '../json/diff.ts';
import { paths } from '../router.ts';
import { Diff } from './Diff.tsx';
import { Iterations } from './Iterations.tsx';
import { Json } from './Json.tsx';
import { StepBadge, statusText } from './Status.tsx';
import { Tabs } from './Tabs.tsx';

const AnswerDialog = lazy(() => import('./AnswerDialog.tsx'));
const DataFlow = lazy(async () => ({ default: (await import('./DataFlow.tsx')).DataFlow }));

interface Props {
  place: Place | undefined;
  step: Step | undefined;
  run: Run;
  outline: Outline;
  isJsonata: boolean;
  /** The address that a nested execution leads back to. */
  back: string;
  tab: string;
  onTab: (tab: string) => void;
  onStep: (step: Step) => void;
  onEvent: (id: number) => void;
}

const TABS = [
  { id: 'input', label: 'Input' },
  { id: 'output', label: 'Output' },
  { id: 'difference', label: 'Difference' },
  { id: 'flow', label: 'Data flow' },
  { id: 'variables', label: 'Variables' },
  { id: 'details', label: 'Details' },
  { id: 'attempts', label: 'Attempts' },
  { id: 'definition', label: 'Definition' },
  { id: 'events', label: 'Events' },
];

/** What is known of one state: of one time it was entered, where it was. */
export function StepPanel(props: Props) {
  const { place, step, run, outline, isJsonata, back, tab, onTab, onStep, onEvent } = props;
  const [answers, setAnswers] = useState(false);
  const waiting = useMemo(
    () =>
      step?.status === 'running' && step.type === 'Task'
        ? waitingIn(outline, run).find((w) => w.step === step)
        : undefined,
    [outline, run, step],
  );
  const name = step?.name ?? place?.name;
  if (name === undefined) {
    return (
      <div className="step-panel">
        <p className="quiet centred">Choose a state in the graph to see what it got and gave.</p>
      </div>
    );
  }
  const others = place ? (run.byNode.get(place.id) ?? []) : [];
  const here = others.filter((s) => s.parent === step?.parent && s.iteration === step?.iteration);
  const tries = step?.attempts.filter((a) => a.status !== 'aborted') ?? [];
  const facts = [
    step?.type ?? place?.state.Type,
    step && step.exited !== undefined ? duration(step.exited - step.entered) : undefined,
    tries.length > 1 ? `${tries.length} attempts` : undefined,
    step?.type === 'Map' && step.iterations.size ? `${step.iterations.size} iterations` : undefined,
  ].filter(Boolean);
  const child = step && childExecution(step);
  return (
    <div className="step-panel">
      <div className="step-head">
        <div className="step-name">
          <h2 title={name}>{name}</h2>
          <div className="quiet">{facts.join(' · ')}</div>
        </div>
        <StepBadge status={step?.status ?? 'none'} />
      </div>
      {step && <Iterations step={step} run={run} onStep={onStep} />}
      {here.length > 1 && step && (
        <Select
          ariaLabel="Which time it was entered"
          selectedOption={option(step, here)}
          options={here.map((s) => option(s, here))}
          virtualScroll
          onChange={({ detail }) => {
            const chosen = run.byId.get(Number(detail.selectedOption.value));
            if (chosen) {
              onStep(chosen);
            }
          }}
        />
      )}
      {child && (
        <div className="wayback">
          Started <a href={within(paths.execution(child), back)}>{arnName(child)}</a>
        </div>
      )}
      {step?.mapRunArn && (
        <div className="wayback">
          Runs its items as <a href={within(paths.mapRun(step.mapRunArn), back)}>a map run</a>
        </div>
      )}
      {waiting?.kind === 'token' && (
        <Alert
          type="info"
          header="Waits for an answer to its token"
          action={waiting.token && <Button onClick={() => setAnswers(true)}>Answer</Button>}
        >
          {waiting.token
            ? 'Somebody has to send success or failure with it.'
            : 'The token is not in the history, so the answer has to come from who was given it.'}
        </Alert>
      )}
      {waiting?.kind === 'activity' && (
        <Alert
          type="info"
          header={waiting.taken ? `With worker ${waiting.worker ?? ''}` : 'Waits for a worker'}
          action={<Button href={paths.activity(waiting.activityArn)}>Open activity</Button>}
        >
          Of the activity {arnName(waiting.activityArn)}.
        </Alert>
      )}
      {answers && step && waiting?.kind === 'token' && waiting.token && (
        <Suspense>
          <AnswerDialog
            state={step.name}
            input={step.input}
            token={waiting.token}
            onClose={() => setAnswers(false)}
          />
        </Suspense>
      )}
      {step?.error !== undefined && (
        <Alert type={step.status === 'caught' ? 'warning' : 'error'} header={step.error || 'Error'}>
          <div className="cause">{step.cause ?? 'No cause was given.'}</div>
        </Alert>
      )}
      <Tabs
        label={`Details of ${name}`}
        tabs={TABS}
        active={TABS.some((t) => t.id === tab) ? tab : 'input'}
        onChange={onTab}
        className="step-body"
      >
        {body()}
      </Tabs>
    </div>
  );

  function body() {
    switch (tab) {
      case 'definition':
        return (
          <Json
            key={name}
            label="Definition"
            text={place ? JSON.stringify(place.state) : undefined}
          />
        );
      case 'events':
        return step ? <StepEvents step={step} onEvent={onEvent} /> : <NotRun />;
      case 'output':
        return step ? (
          <>
            <Json label="Output" text={step.output} />
            {Object.entries(step.assigned).map(([variable, value]) => (
              <Json key={variable} label={`Variable $${variable}`} text={value} />
            ))}
          </>
        ) : (
          <NotRun />
        );
      case 'difference':
        return step ? <Difference key={step.id} step={step} /> : <NotRun />;
      case 'flow':
        return step && place ? (
          <Suspense>
            <DataFlow place={place} step={step} run={run} isJsonata={isJsonata} />
          </Suspense>
        ) : (
          <NotRun />
        );
      case 'variables':
        return step ? <Variables step={step} /> : <NotRun />;
      case 'details':
        return step ? <Details step={step} place={place} /> : <NotRun />;
      case 'attempts':
        return step ? <Attempts step={step} run={run} /> : <NotRun />;
      default:
        return step ? <Json label="Input" text={step.input} /> : <NotRun />;
    }
  }
}

/** An address that knows where one came from. */
export const within = (path: string, back: string): string =>
  `${path}?back=${encodeURIComponent(back)}`;

function NotRun() {
  return <p className="quiet centred">This state has not run.</p>;
}

function option(step: Step, all: readonly Step[]) {
  return {
    value: String(step.id),
    label: `Time ${all.indexOf(step) + 1} of ${all.length}, at ${time(step.entered).slice(11)} · ${statusText(step.status)}`,
  };
}

function Difference({ step }: { step: Step }) {
  const lines = useMemo(
    () =>
      step.input === undefined || step.output === undefined
        ? undefined
        : jsonDiff(step.input, step.output),
    [step],
  );
  return lines ? (
    <Diff lines={lines} label="From input to output" />
  ) : (
    <p className="quiet centred">There is no output yet to compare with the input.</p>
  );
}

function Variables({ step }: { step: Step }) {
  const before = Object.entries(variablesAt(step));
  const after = Object.entries(step.assigned);
  if (before.length + after.length === 0) {
    return <p className="quiet centred">No variables were assigned up to here.</p>;
  }
  return (
    <>
      {before.map(([name, value]) => (
        <Json key={name} label={`$${name}`} text={value} />
      ))}
      {after.map(([name, value]) => (
        <Json key={`after ${name}`} label={`$${name}, assigned here`} text={value} />
      ))}
    </>
  );
}

function Details({ step, place }: { step: Step; place: Place | undefined }) {
  const state: Record<string, unknown> = place?.state ?? {};
  const facts: [string, string | undefined][] = [
    ['Type', step.type],
    ['Status', statusText(step.status)],
    ['Resource', text(state.Resource)],
    ['Entered', time(step.entered)],
    ['Exited', step.exited === undefined ? '–' : time(step.exited)],
    ['Duration', step.exited === undefined ? '–' : duration(step.exited - step.entered)],
    ['Timeout', limit(state, 'TimeoutSeconds')],
    ['Heartbeat', limit(state, 'HeartbeatSeconds')],
    ['Concurrency', text(state.MaxConcurrency)],
    ['Inside', insideOf(step)],
    ['Comment', text(state.Comment)],
  ];
  return (
    <dl className="details-list">
      {facts
        .filter(([, value]) => value !== undefined)
        .map(([label, value]) => (
          <div key={label} className="contents">
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

function limit(state: Record<string, unknown>, field: string): string | undefined {
  const seconds = text(state[field]);
  return seconds === undefined ? text(state[`${field}Path`]) : `${seconds} s`;
}

function insideOf(step: Step): string | undefined {
  const names: string[] = [];
  for (let s: Step | undefined = step; s?.parent; s = s.parent) {
    names.unshift(s.iteration === undefined ? s.parent.name : `${s.parent.name} #${s.iteration}`);
  }
  return names.length ? names.join(' › ') : undefined;
}

function Attempts({ step, run }: { step: Step; run: Run }) {
  if (step.attempts.length === 0) {
    return <p className="quiet centred">A {step.type} state makes no attempts.</p>;
  }
  const redrives = run.redriveEvents;
  return (
    <div className="step-events">
      <table>
        <thead>
          <tr>
            <th scope="col">#</th>
            <th scope="col">Kind</th>
            <th scope="col">Status</th>
            <th scope="col">Started</th>
            <th scope="col">Took</th>
            <th scope="col">Error</th>
          </tr>
        </thead>
        <tbody>
          {step.attempts.map((attempt, i) => {
            const before = step.attempts[i - 1]?.event ?? 0;
            const isRedrive = i > 0 && redrives.some((r) => r > before && r < attempt.event);
            return (
              <tr key={attempt.event}>
                <td>{i + 1}</td>
                <td>{i === 0 ? 'First' : isRedrive ? 'Redrive' : 'Retry'}</td>
                <td>
                  <StepBadge status={attempt.status} />
                </td>
                <td>{time(attempt.from).slice(11)}</td>
                <td>{attempt.to === undefined ? '–' : duration(attempt.to - attempt.from)}</td>
                <td title={attempt.cause}>{attempt.error ?? '–'}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function StepEvents({ step, onEvent }: { step: Step; onEvent: (id: number) => void }) {
  return (
    <div className="step-events">
      <table>
        <thead>
          <tr>
            <th scope="col">ID</th>
            <th scope="col">Type</th>
            <th scope="col">Time</th>
          </tr>
        </thead>
        <tbody>
          {step.events.slice(0, 500).map((event) => (
            <tr key={event.id}>
              <td>
                <button type="button" className="plain" onClick={() => onEvent(event.id)}>
                  {event.id}
                </button>
              </td>
              <td title={JSON.stringify(eventDetails(event) ?? {}).slice(0, 300)}>{event.type}</td>
              <td>{time(event.timestamp).slice(11)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {step.events.length > 500 && (
        <p className="quiet">The first 500 of {step.events.length}; all are in the view Events.</p>
      )}
    </div>
  );
}
