import { useMemo } from 'react';
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Spinner from '@cloudscape-design/components/spinner';
import type { Place, Run, Step } from '@stepwise/graph';
import { useLoaded } from '../api/hooks.ts';
import { ApiError } from '../api/client.ts';
import { stagesOf, testState } from '../api/testState.ts';
import { navigate, paths } from '../router.ts';
import { handOver } from '../testing.ts';
import { trialOf } from '../trial.ts';
import { Problem } from './Problem.tsx';
import { Stages } from './Stages.tsx';

interface Props {
  place: Place;
  step: Step;
  run: Run;
  isJsonata: boolean;
}

/**
 * What each stage of the data flow made of the input. A history does not tell; so the server works
 * it out again, with the recorded input, variables and result, and calls nobody.
 */
export function DataFlow({ place, step, run, isJsonata }: Props) {
  const trial = useMemo(() => trialOf(place, step, run, isJsonata), [place, step, run, isJsonata]);
  const key = JSON.stringify(trial);
  const tried = useLoaded(key, (signal) => testState(trial, signal));
  const stages = useMemo(() => stagesOf(tried.value, step), [tried.value, step]);
  return (
    <div className="flow">
      <div className="flow-head">
        <span className="quiet">
          Worked out again from the recorded input{trial.mock ? ' and result' : ''}; nothing is
          called.
        </span>
        <Button
          variant="inline-link"
          onClick={() => {
            handOver(trial);
            navigate(paths.testState());
          }}
        >
          Open in Test state
        </Button>
      </div>
      {tried.error ? (
        tried.error instanceof ApiError ? (
          <Alert type="info" header="The stages between can't be worked out">
            {tried.error.message}
          </Alert>
        ) : (
          <Problem error={tried.error} retry={tried.reload} />
        )
      ) : tried.value === undefined ? (
        <div className="centred">
          <Spinner />
        </div>
      ) : null}
      <Stages stages={stages} />
    </div>
  );
}
