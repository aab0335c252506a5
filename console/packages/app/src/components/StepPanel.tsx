import { eventDetails, type Place, type Run, type Step } from '@stepwise/graph';
import Alert from '@cloudscape-design/components/alert';
import Select from '@cloudscape-design/components/select';
import { duration, time } from '../format.ts';
import { Json } from './Json.tsx';
import { StepBadge, statusText } from './Status.tsx';
import { Tabs } from './Tabs.tsx';

interface Props {
  place: Place | undefined;
  step: Step | undefined;
  run: Run;
  tab: string;
  onTab: (tab: string) => void;
  onStep: (step: Step) => void;
  onEvent: (id: number) => void;
}

const TABS = [
  { id: 'input', label: 'Input' },
  { id: 'output', label: 'Output' },
  { id: 'definition', label: 'Definition' },
  { id: 'events', label: 'Events' },
];

/** What is known of one state: of one time it was entered, where it was. */
export function StepPanel({ place, step, run, tab, onTab, onStep, onEvent }: Props) {
  const name = step?.name ?? place?.name;
  if (name === undefined) {
    return (
      <div className="step-panel">
        <p className="quiet centred">Choose a state in the graph to see what it got and gave.</p>
      </div>
    );
  }
  const others = place ? (run.byNode.get(place.id) ?? []) : [];
  const tries = step?.attempts.filter((a) => a.status !== 'aborted') ?? [];
  const facts = [
    step?.type ?? place?.state.Type,
    step && step.exited !== undefined ? duration(step.exited - step.entered) : undefined,
    tries.length > 1 ? `${tries.length} attempts` : undefined,
    step?.type === 'Map' && step.iterations.size ? `${step.iterations.size} iterations` : undefined,
  ].filter(Boolean);
  return (
    <div className="step-panel">
      <div className="step-head">
        <div className="step-name">
          <h2 title={name}>{name}</h2>
          <div className="quiet">{facts.join(' · ')}</div>
        </div>
        <StepBadge status={step?.status ?? 'none'} />
      </div>
      {others.length > 1 && step && (
        <Select
          ariaLabel="Which time it was entered"
          selectedOption={option(step)}
          options={others.map(option)}
          virtualScroll
          filteringType={others.length > 10 ? 'auto' : 'none'}
          onChange={({ detail }) => {
            const chosen = run.byId.get(Number(detail.selectedOption.value));
            if (chosen) {
              onStep(chosen);
            }
          }}
        />
      )}
      {step?.error !== undefined && (
        <Alert type={step.status === 'caught' ? 'warning' : 'error'} header={step.error || 'Error'}>
          <div className="cause">{step.cause ?? 'No cause was given.'}</div>
        </Alert>
      )}
      <Tabs
        label={`Details of ${name}`}
        tabs={TABS}
        active={tab}
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
      default:
        return step ? <Json label="Input" text={step.input} /> : <NotRun />;
    }
  }
}

function NotRun() {
  return <p className="quiet centred">This state has not run.</p>;
}

function option(step: Step) {
  const iteration = [];
  for (let s: Step | undefined = step; s; s = s.parent) {
    if (s.iteration !== undefined) {
      iteration.unshift(`#${s.iteration}`);
    }
  }
  return {
    value: String(step.id),
    label: iteration.length
      ? `Iteration ${iteration.join(' ')} · ${statusText(step.status)}`
      : `Entered ${time(step.entered).slice(11)} · ${statusText(step.status)}`,
  };
}

function StepEvents({ step, onEvent }: { step: Step; onEvent: (id: number) => void }) {
  return (
    <div className="step-events">
      {step.attempts.length > 0 && (
        <table>
          <caption>Attempts</caption>
          <thead>
            <tr>
              <th scope="col">#</th>
              <th scope="col">Status</th>
              <th scope="col">Started</th>
              <th scope="col">Took</th>
              <th scope="col">Error</th>
            </tr>
          </thead>
          <tbody>
            {step.attempts.map((attempt, i) => (
              <tr key={attempt.event}>
                <td>{i + 1}</td>
                <td>
                  <StepBadge status={attempt.status} />
                </td>
                <td>{time(attempt.from).slice(11)}</td>
                <td>{attempt.to === undefined ? '–' : duration(attempt.to - attempt.from)}</td>
                <td title={attempt.cause}>{attempt.error ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <table>
        <caption>Events</caption>
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
