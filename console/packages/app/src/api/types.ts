/** The parts of the API's answers that the console shows; times are seconds since 1970. */
export type ExecutionStatus =
  | 'RUNNING'
  | 'SUCCEEDED'
  | 'FAILED'
  | 'TIMED_OUT'
  | 'ABORTED'
  | 'PENDING_REDRIVE';

export type MachineType = 'STANDARD' | 'EXPRESS';

export const TYPES: Record<MachineType, string> = { STANDARD: 'Standard', EXPRESS: 'Express' };

export interface Machine {
  stateMachineArn: string;
  name: string;
  type: MachineType;
  creationDate: number;
}

export interface MachineDetails extends Machine {
  status: 'ACTIVE' | 'DELETING';
  definition: string;
  roleArn: string;
  description?: string;
  revisionId?: string;
  updateDate?: number;
  label?: string;
  loggingConfiguration?: {
    level?: string;
    includeExecutionData?: boolean;
    destinations?: { cloudWatchLogsLogGroup?: { logGroupArn?: string } }[];
  };
  tracingConfiguration?: { enabled?: boolean };
}

export interface Version {
  stateMachineVersionArn: string;
  creationDate: number;
}

export interface AliasItem {
  stateMachineAliasArn: string;
  creationDate: number;
}

export interface Alias {
  stateMachineAliasArn: string;
  name: string;
  description?: string;
  routingConfiguration: { stateMachineVersionArn: string; weight: number }[];
  creationDate: number;
  updateDate: number;
}

export interface Activity {
  activityArn: string;
  name: string;
  creationDate: number;
}

export interface MapRunItem {
  executionArn: string;
  mapRunArn: string;
  stateMachineArn: string;
  startDate: number;
  stopDate?: number;
}

export type ItemCounts = Record<
  | 'pending'
  | 'running'
  | 'succeeded'
  | 'failed'
  | 'timedOut'
  | 'aborted'
  | 'total'
  | 'resultsWritten',
  number
> & { failuresNotRedrivable?: number; pendingRedrive?: number };

export interface MapRun {
  mapRunArn: string;
  executionArn: string;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';
  startDate: number;
  stopDate?: number;
  maxConcurrency: number;
  toleratedFailurePercentage: number;
  toleratedFailureCount: number;
  itemCounts: ItemCounts;
  executionCounts: ItemCounts;
  redriveCount?: number;
  redriveDate?: number;
}

/** What the server says of a definition. */
export interface Diagnostic {
  severity: 'ERROR' | 'WARNING';
  code: string;
  message: string;
  location?: string;
}

export interface ExecutionItem {
  executionArn: string;
  stateMachineArn: string;
  name: string;
  status: ExecutionStatus;
  startDate: number;
  stopDate?: number;
  redriveCount?: number;
  redriveDate?: number;
  itemCount?: number;
  mapRunArn?: string;
  stateMachineVersionArn?: string;
  stateMachineAliasArn?: string;
}

export interface ExecutionDetails extends ExecutionItem {
  input?: string;
  output?: string;
  error?: string;
  cause?: string;
  redriveStatus?: 'REDRIVABLE' | 'NOT_REDRIVABLE' | 'REDRIVABLE_BY_MAP_RUN';
  redriveStatusReason?: string;
}

export interface SyncResult {
  executionArn: string;
  status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT';
  output?: string;
  error?: string;
  cause?: string;
  billingDetails?: { billedDurationInMilliseconds?: number };
}
