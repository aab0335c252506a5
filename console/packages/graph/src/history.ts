import type { Outline, Place, StateType } from './definition.ts';

/** An event as GetExecutionHistory gives it. */
export interface HistoryEvent {
  id: number;
  previousEventId?: number;
  /** Seconds since 1970. */
  timestamp: number;
  type: string;
  [details: string]: unknown;
}

export type Status = 'none' | 'running' | 'succeeded' | 'failed' | 'caught' | 'aborted';

/** One try of a state's work. */
export interface Attempt {
  from: number;
  to: number | undefined;
  status: 'running' | 'succeeded' | 'failed' | 'aborted';
  error: string | undefined;
  cause: string | undefined;
  event: number;
}

/** A state that was entered; its id is that of the event. */
export interface Step {
  id: number;
  name: string;
  type: StateType;
  /** The state in the definition, where there is one of that name. */
  node: string | undefined;
  parent: Step | undefined;
  /** Which iteration of the Map state that is its parent. */
  iteration: number | undefined;
  previous: Step | undefined;
  status: Exclude<Status, 'none'>;
  entered: number;
  exited: number | undefined;
  input: string | undefined;
  output: string | undefined;
  assigned: Record<string, string>;
  error: string | undefined;
  cause: string | undefined;
  attempts: Attempt[];
  events: HistoryEvent[];
  /** Of a Map state: how its iterations stand. */
  iterations: Map<number, Exclude<Status, 'none' | 'caught'>>;
  /** Of a distributed Map state. */
  mapRunArn: string | undefined;
}

/** What a history says, as steps. */
export interface Run {
  steps: Step[];
  byNode: Map<string, Step[]>;
  byId: Map<number, Step>;
  /** The step an event belongs to. */
  stepOfEvent: Map<number, Step>;
  /** The innermost step that ended the execution. */
  failing: Step | undefined;
  succeeded: boolean;
  ended: boolean;
  redrives: number;
  /** The ids of the events with which it was redriven. */
  redriveEvents: number[];
}

/** Where an event stands: in a container, perhaps in one of its iterations, perhaps in a state. */
interface Spot {
  inside: Step | undefined;
  iteration: number | undefined;
  step: Step | undefined;
  /** The state that was left last. */
  left: Step | undefined;
  /** The execution was redriven, and what comes next may belong to any state that is open. */
  anywhere?: true;
}

const NOWHERE: Spot = { inside: undefined, iteration: undefined, step: undefined, left: undefined };

/**
 * Reads a history. Its events are a forest: each points to the event that caused it, so what ran
 * side by side is told apart by these chains and not by the order of ids.
 */
export function readHistory(outline: Outline, events: readonly HistoryEvent[]): Run {
  return new Reader(outline).read(events);
}

class Reader {
  private readonly spots = new Map<number, Spot>();
  private readonly open = new Set<Step>();
  /** What the end of the execution closed, and a redrive may open again. */
  private closedByEnd: Step[] = [];
  private readonly run: Run = {
    steps: [],
    byNode: new Map(),
    byId: new Map(),
    stepOfEvent: new Map(),
    failing: undefined,
    succeeded: false,
    ended: false,
    redrives: 0,
    redriveEvents: [],
  };

  constructor(private readonly outline: Outline) {}

  read(events: readonly HistoryEvent[]): Run {
    for (const event of events) {
      const before = this.spots.get(event.previousEventId ?? 0) ?? NOWHERE;
      const spot = this.take(event, before);
      this.spots.set(event.id, spot);
      const step = spot.step ?? (event.type.endsWith('StateExited') ? spot.left : spot.inside);
      if (step) {
        step.events.push(event);
        this.run.stepOfEvent.set(event.id, step);
      }
    }
    return this.run;
  }

  private take(event: HistoryEvent, before: Spot): Spot {
    const { type } = event;
    if (type.endsWith('StateEntered')) {
      return this.enter(event, before);
    }
    if (type.endsWith('StateExited')) {
      return this.exit(event, before);
    }
    switch (type) {
      case 'ExecutionStarted':
        return NOWHERE;
      case 'ExecutionSucceeded':
        this.run.succeeded = true;
        this.run.ended = true;
        return { ...before, step: undefined };
      case 'ExecutionFailed':
        this.end('failed', before, event);
        return before;
      case 'ExecutionTimedOut':
        this.end('failed', before, event);
        return NOWHERE;
      case 'ExecutionAborted':
        this.end('aborted', before, event);
        return NOWHERE;
      case 'ExecutionRedriven':
        this.run.redriveEvents.push(event.id);
        this.redrive();
        return { ...NOWHERE, anywhere: true };
      case 'ParallelStateStarted':
      case 'MapStateStarted': {
        const container = this.container(before, type.startsWith('Map') ? 'Map' : 'Parallel');
        if (container) {
          this.startContainer(container, event);
        }
        return { ...NOWHERE, inside: container };
      }
      case 'MapIterationStarted': {
        const { name, index } = details<{ name: string; index: number }>(event);
        const map = this.container(before, 'Map', name);
        map?.iterations.set(index ?? 0, 'running');
        return { ...NOWHERE, inside: map, iteration: index };
      }
      case 'MapIterationSucceeded':
      case 'MapIterationFailed':
      case 'MapIterationAborted': {
        const { name, index } = details<{ name: string; index: number }>(event);
        const map = this.container(before, 'Map', name);
        const status = type.endsWith('Succeeded')
          ? 'succeeded'
          : type.endsWith('Failed')
            ? 'failed'
            : 'aborted';
        map?.iterations.set(index ?? 0, status);
        if (map && status !== 'succeeded') {
          this.closeBelow(map, before, (step) => this.iterationIn(step, map) === index);
        }
        return before;
      }
      case 'ParallelStateFailed':
      case 'MapStateFailed': {
        const container = this.container(before, type.startsWith('Map') ? 'Map' : 'Parallel');
        if (!container) {
          return before;
        }
        const culprit = before.step ?? before.left ?? before.inside;
        container.error ??= culprit?.error ?? this.written(culprit, 'Error') ?? '';
        container.cause ??= culprit?.cause ?? this.written(culprit, 'Cause');
        this.closeBelow(container, before, () => true);
        this.closeAttempt(container, 'failed', event.timestamp, container.error, container.cause);
        return {
          ...NOWHERE,
          step: container,
          inside: container.parent,
          iteration: container.iteration,
        };
      }
      case 'EvaluationFailed': {
        const { state } = details<{ state: string }>(event);
        const step = this.run.steps.findLast(
          (s) =>
            s.name === state &&
            this.open.has(s) &&
            (s === before.step ||
              (s.parent === before.inside && s.iteration === before.iteration) ||
              s === before.inside),
        );
        if (!step) {
          return before;
        }
        this.fail(step, event);
        return { ...NOWHERE, inside: step.parent, iteration: step.iteration, step };
      }
      default:
        return this.work(event, before);
    }
  }

  private enter(event: HistoryEvent, from: Spot): Spot {
    const { name, input } = details<{ name: string; input?: string }>(event);
    const before = from.anywhere ? this.around(name) : from;
    const parentPlace: Place | undefined = before.inside?.node
      ? this.outline.get(before.inside.node)
      : undefined;
    const place = this.outline.inside(parentPlace, name);
    const step: Step = {
      id: event.id,
      name,
      type: event.type.slice(0, -'StateEntered'.length) as StateType,
      node: place?.id,
      parent: before.inside,
      iteration: before.iteration,
      previous: before.left,
      status: 'running',
      entered: event.timestamp,
      exited: undefined,
      input,
      output: undefined,
      assigned: {},
      error: undefined,
      cause: undefined,
      attempts: [],
      events: [],
      iterations: new Map(),
      mapRunArn: undefined,
    };
    this.run.steps.push(step);
    this.run.byId.set(step.id, step);
    if (step.node !== undefined) {
      const others = this.run.byNode.get(step.node);
      if (others) {
        others.push(step);
      } else {
        this.run.byNode.set(step.node, [step]);
      }
    }
    this.open.add(step);
    return { ...before, step, left: undefined };
  }

  /** Where a state of that name is entered, if only its name is known. */
  private around(name: string): Spot {
    const inside = [...this.open].findLast(
      (s) =>
        s.node !== undefined && this.outline.inside(this.outline.get(s.node), name) !== undefined,
    );
    return this.outline.inside(undefined, name) ? NOWHERE : { ...NOWHERE, inside };
  }

  private exit(event: HistoryEvent, before: Spot): Spot {
    const { name, output, assignedVariables } = details<{
      name: string;
      output?: string;
      assignedVariables?: Record<string, string>;
    }>(event);
    let step = before.step?.name === name ? before.step : before.inside;
    while (step && step.name !== name) {
      step = step.parent;
    }
    step ??= [...this.open].find((s) => before.anywhere && s.name === name);
    if (!step) {
      return before;
    }
    step.exited = event.timestamp;
    step.output = output;
    step.assigned = assignedVariables ?? {};
    step.status = step.error === undefined ? 'succeeded' : 'caught';
    if (step.status === 'succeeded') {
      this.closeAttempt(step, 'succeeded', event.timestamp);
    }
    this.open.delete(step);
    return { ...NOWHERE, inside: step.parent, iteration: step.iteration, left: step };
  }

  /** Scheduled, started, submitted, succeeded, failed, timed out: of a task, a function, a run. */
  private work(event: HistoryEvent, before: Spot): Spot {
    const step = before.anywhere ? this.resumed(event) : (before.step ?? before.inside);
    if (!step) {
      return before;
    }
    const { type, timestamp } = event;
    if (type === 'MapRunStarted') {
      step.mapRunArn = details<{ mapRunArn?: string }>(event).mapRunArn;
    } else if (/Scheduled$/.test(type)) {
      step.error = undefined;
      step.cause = undefined;
      this.startAttempt(step, event);
    } else if (/Succeeded$/.test(type) && !type.includes('State')) {
      this.closeAttempt(step, 'succeeded', timestamp);
    } else if (/(Failed|TimedOut)$/.test(type)) {
      this.fail(step, event);
    }
    return before.step
      ? before
      : { ...NOWHERE, inside: step.parent, iteration: step.iteration, step };
  }

  /** The open task that an event of a redrive is about: one without events since, of its resource. */
  private resumed(event: HistoryEvent): Step | undefined {
    const { resource } = details<{ resource?: string }>(event);
    const since = event.previousEventId ?? 0;
    const idle = [...this.open].filter(
      (s) =>
        (s.type === 'Task' || event.type.startsWith('MapRun')) &&
        (s.events.at(-1)?.id ?? 0) < since &&
        ![...this.open].some((other) => other.parent === s),
    );
    const fits = (s: Step) => {
      const own = s.node === undefined ? undefined : this.outline.get(s.node)?.state.Resource;
      return resource !== undefined && own !== undefined && own.endsWith(resource);
    };
    return idle.find(fits) ?? idle[0];
  }

  private startContainer(container: Step, event: HistoryEvent): void {
    const isRetry = container.attempts.length > 0 && !this.run.stepOfEvent.has(event.id);
    if (isRetry) {
      const culprit = [...this.open].findLast((s) => isBelow(s, container));
      const error = culprit?.error ?? this.written(culprit, 'Error');
      const cause = culprit?.cause ?? this.written(culprit, 'Cause');
      this.closeAttempt(container, 'failed', event.timestamp, error, cause);
      for (const step of [...this.open]) {
        if (isBelow(step, container)) {
          this.close(step, step === culprit ? 'failed' : 'aborted', event.timestamp);
        }
      }
    }
    container.error = undefined;
    container.cause = undefined;
    this.startAttempt(container, event);
  }

  private startAttempt(step: Step, event: HistoryEvent): void {
    step.attempts.push({
      from: event.timestamp,
      to: undefined,
      status: 'running',
      error: undefined,
      cause: undefined,
      event: event.id,
    });
  }

  private closeAttempt(
    step: Step,
    status: Attempt['status'],
    at: number,
    error?: string,
    cause?: string,
  ): void {
    const attempt = step.attempts.at(-1);
    if (attempt?.status === 'running') {
      Object.assign(attempt, { status, to: at, error, cause });
    }
  }

  private fail(step: Step, event: HistoryEvent): void {
    const { error, cause } = details<{ error?: string; cause?: string }>(event);
    step.error = error ?? '';
    step.cause = cause;
    this.closeAttempt(step, 'failed', event.timestamp, error, cause);
  }

  private close(step: Step, status: Step['status'], at: number): void {
    step.status = status;
    step.exited = at;
    this.closeAttempt(step, status === 'failed' ? 'failed' : 'aborted', at);
    this.open.delete(step);
  }

  /** Ends what is open below a container: what the failure passed through failed, the rest aborted. */
  private closeBelow(container: Step, spot: Spot, concerns: (step: Step) => boolean): void {
    const failed = new Set(lineage(spot));
    const at = container.events.at(-1)?.timestamp ?? container.entered;
    for (const step of [...this.open]) {
      if (isBelow(step, container) && concerns(step)) {
        const last = step.events.at(-1)?.timestamp ?? at;
        this.close(step, failed.has(step) ? 'failed' : 'aborted', last);
      }
    }
  }

  private end(status: 'failed' | 'aborted', before: Spot, event: HistoryEvent): void {
    this.run.ended = true;
    const line = lineage(before).filter((step) => this.open.has(step) || step.status === 'failed');
    const open = [...this.open];
    const isWhole = event.type !== 'ExecutionFailed';
    for (const step of open) {
      this.close(
        step,
        status === 'failed' && (isWhole || line.includes(step)) ? 'failed' : 'aborted',
        event.timestamp,
      );
    }
    this.closedByEnd = open;
    const { error, cause } = details<{ error?: string; cause?: string }>(event);
    this.run.failing = isWhole ? innermost(open) : this.culprit(line[0]);
    if (this.run.failing && !isWhole) {
      this.run.failing.error ??= error;
      this.run.failing.cause ??= cause;
    }
  }

  /** The step inside a failed container that made it fail. */
  private culprit(step: Step | undefined): Step | undefined {
    const inner =
      step && this.run.steps.findLast((s) => s.parent === step && s.status === 'failed');
    return inner ? this.culprit(inner) : step;
  }

  /** Opens what had not exited, and what a failed container that goes on had closed. */
  private redrive(): void {
    this.run.redrives++;
    this.run.ended = false;
    this.run.failing = undefined;
    this.closedByEnd.forEach((step) => this.reopen(step));
    this.closedByEnd = [];
    for (const step of this.run.steps) {
      const { parent } = step;
      const wasClosed = step.status === 'failed' || step.status === 'aborted';
      const isOfLastTry = step.id > (parent?.attempts.at(-1)?.event ?? 0);
      if (parent && this.open.has(parent) && wasClosed && isOfLastTry) {
        this.reopen(step);
      }
    }
  }

  private reopen(step: Step): void {
    step.status = 'running';
    step.exited = undefined;
    step.error = undefined;
    step.cause = undefined;
    this.open.add(step);
  }

  /** The nearest container of a kind that has not ended. */
  private container(spot: Spot, type: 'Map' | 'Parallel', name?: string): Step | undefined {
    let step = spot.step ?? spot.inside;
    while (
      step &&
      (step.type !== type || !this.open.has(step) || (name !== undefined && step.name !== name))
    ) {
      step = step.parent;
    }
    return (
      step ??
      [...this.open].find(
        (s) => spot.anywhere && s.type === type && (name === undefined || s.name === name),
      )
    );
  }

  /** What a Fail state says of itself: its events don't. */
  private written(step: Step | undefined, field: 'Error' | 'Cause'): string | undefined {
    const text = step?.node === undefined ? undefined : this.outline.get(step.node)?.state[field];
    return typeof text === 'string' ? text : undefined;
  }

  private iterationIn(step: Step, map: Step): number | undefined {
    let inner: Step | undefined = step;
    while (inner && inner.parent !== map) {
      inner = inner.parent;
    }
    return inner?.iteration;
  }
}

function details<T>(event: HistoryEvent): Partial<T> & T {
  for (const key in event) {
    if (key.endsWith('EventDetails')) {
      return event[key] as T;
    }
  }
  return {} as T;
}

/** The details of an event, whatever they are called. */
export function eventDetails(event: HistoryEvent): Record<string, unknown> | undefined {
  for (const key in event) {
    if (key.endsWith('EventDetails')) {
      return event[key] as Record<string, unknown>;
    }
  }
  return undefined;
}

function lineage(spot: Spot): Step[] {
  const line: Step[] = [];
  for (let step = spot.step ?? spot.inside; step; step = step.parent) {
    line.push(step);
  }
  return line;
}

function isBelow(step: Step, container: Step): boolean {
  for (let s = step.parent; s; s = s.parent) {
    if (s === container) {
      return true;
    }
  }
  return false;
}

const innermost = (steps: Step[]): Step | undefined =>
  steps.findLast((step) => !steps.some((other) => other.parent === step));
