import { resultOf, variablesAt, type Place, type Run, type Step } from '@stepwise/graph';
import type { Trial } from './api/testState.ts';

/** The trial that repeats a step: its definition, and what is known of what it got. */
export function trialOf(
  place: Place,
  step: Step | undefined,
  run: Run | undefined,
  isJsonata: boolean,
): Trial {
  const { state } = place;
  const result = step && run ? resultOf(step, run) : undefined;
  const failure = step?.error;
  const queryLanguage = isJsonata && state.QueryLanguage === undefined;
  // A wait is not waited for again: what it does to data, a Pass state does as well.
  const definition =
    state.Type === 'Wait'
      ? Object.fromEntries(
          Object.entries({ ...state, Type: 'Pass' }).filter(
            ([field]) => !/^(Seconds|Timestamp)(Path)?$/.test(field),
          ),
        )
      : state;
  const hasMock = ['Task', 'Parallel', 'Map'].includes(state.Type);
  const variables = step ? variablesAt(step) : {};
  return {
    definition: JSON.stringify(
      queryLanguage ? { ...definition, QueryLanguage: 'JSONata' } : definition,
      null,
      2,
    ),
    input: step?.input ?? '{}',
    variables: `{${Object.entries(variables)
      .map(([name, value]) => `${JSON.stringify(name)}: ${value}`)
      .join(', ')}}`,
    level: 'DEBUG',
    mock: !hasMock
      ? undefined
      : result !== undefined
        ? { result }
        : failure
          ? { error: failure, cause: step?.cause ?? '' }
          : { result: state.Type === 'Task' ? '{}' : '[]' },
  };
}
