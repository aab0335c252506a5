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
}

export interface ExecutionItem {
  executionArn: string;
  stateMachineArn: string;
  name: string;
  status: ExecutionStatus;
  startDate: number;
  stopDate?: number;
  redriveCount?: number;
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
