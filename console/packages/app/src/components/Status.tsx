import type { Status } from '@stepwise/graph';
import StatusIndicator, {
  type StatusIndicatorProps,
} from '@cloudscape-design/components/status-indicator';
import type { ExecutionStatus } from '../api/types.ts';

const EXECUTION: Record<ExecutionStatus, [string, StatusIndicatorProps.Type]> = {
  RUNNING: ['Running', 'in-progress'],
  SUCCEEDED: ['Succeeded', 'success'],
  FAILED: ['Failed', 'error'],
  TIMED_OUT: ['Timed out', 'error'],
  ABORTED: ['Aborted', 'stopped'],
  PENDING_REDRIVE: ['Pending redrive', 'pending'],
};

const STEP: Record<Status, [string, StatusIndicatorProps.Type]> = {
  none: ['Not run', 'pending'],
  running: ['Running', 'in-progress'],
  succeeded: ['Succeeded', 'success'],
  failed: ['Failed', 'error'],
  caught: ['Caught error', 'warning'],
  aborted: ['Aborted', 'stopped'],
};

export const statusText = (status: Status): string => STEP[status][0];

export function ExecutionBadge({ status }: { status: ExecutionStatus }) {
  return <Badge look={EXECUTION[status] ?? [status, 'pending']} />;
}

export function StepBadge({ status }: { status: Status }) {
  return <Badge look={STEP[status]} />;
}

function Badge({ look: [text, type] }: { look: [string, StatusIndicatorProps.Type] }) {
  return (
    <StatusIndicator type={type} {...(type === 'in-progress' ? { colorOverride: 'blue' } : {})}>
      {text}
    </StatusIndicator>
  );
}
