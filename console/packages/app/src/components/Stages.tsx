import type { Stage } from '../api/testState.ts';
import { Json } from './Json.tsx';

/** What each stage of a state's data flow made of what came before. */
export function Stages({ stages }: { stages: readonly Stage[] }) {
  return (
    <ol className="stages">
      {stages.map((stage) => (
        <li key={stage.id} className={stage.changed ? '' : 'same'}>
          <h3>
            {stage.label}
            {!stage.changed && <span className="quiet"> as before</span>}
          </h3>
          {stage.changed && <Json label={stage.label} text={stage.text} bare />}
        </li>
      ))}
    </ol>
  );
}
