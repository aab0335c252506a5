/** The parts of a definition that say what leads where; everything else is left as it is. */
export interface State {
  Type: StateType;
  Next?: string;
  End?: boolean;
  Default?: string;
  Resource?: string;
  Choices?: ChoiceRule[];
  Catch?: { ErrorEquals?: string[]; Next: string }[];
  Branches?: Scope[];
  ItemProcessor?: Scope & { ProcessorConfig?: { Mode?: string } };
  Iterator?: Scope;
  [field: string]: unknown;
}

export type StateType =
  | 'Task'
  | 'Pass'
  | 'Choice'
  | 'Wait'
  | 'Parallel'
  | 'Map'
  | 'Succeed'
  | 'Fail';

export interface ChoiceRule {
  Next: string;
  Condition?: string;
  Variable?: string;
  Comment?: string;
  [comparison: string]: unknown;
}

/** A definition, a branch of a Parallel state or the processor of a Map state. */
export interface Scope {
  StartAt: string;
  States: Record<string, State>;
}

export type EdgeKind = 'next' | 'choice' | 'default' | 'catch';

/** A way out of a state. */
export interface Exit {
  to: string;
  kind: EdgeKind;
  label?: string;
}

/** The ways out of a state, the usual one first. */
export function exits(state: State): Exit[] {
  const found: Exit[] = [];
  if (state.Type === 'Choice') {
    state.Choices?.forEach((rule, i) =>
      found.push({ to: rule.Next, kind: 'choice', label: ruleLabel(rule, i) }),
    );
    if (state.Default) {
      found.push({ to: state.Default, kind: 'default', label: 'Default' });
    }
  } else if (state.Next) {
    found.push({ to: state.Next, kind: 'next' });
  }
  state.Catch?.forEach((catcher, i) =>
    found.push({ to: catcher.Next, kind: 'catch', label: `Catch #${i + 1}` }),
  );
  return found;
}

/** The scopes inside a state: branches, or the one processor. */
export function innerScopes(state: State): Scope[] {
  switch (state.Type) {
    case 'Parallel':
      return state.Branches ?? [];
    case 'Map': {
      const processor = state.ItemProcessor ?? state.Iterator;
      return processor ? [processor] : [];
    }
    default:
      return [];
  }
}

export const isDistributed = (state: State): boolean =>
  state.ItemProcessor?.ProcessorConfig?.Mode === 'DISTRIBUTED';

const LABEL_CHARACTERS = 26;

/** What a rule asks, in few words: its comment, its condition or its comparison. */
export function ruleLabel(rule: ChoiceRule, index: number): string {
  const text =
    rule.Comment ??
    rule.Condition?.replace(/^\{%\s*|\s*%\}$/g, '') ??
    comparison(rule) ??
    `Rule #${index + 1}`;
  return text.length > LABEL_CHARACTERS ? text.slice(0, LABEL_CHARACTERS - 1) + '…' : text;
}

const SIGNS: Record<string, string> = {
  Equals: '=',
  LessThan: '<',
  LessThanEquals: '≤',
  GreaterThan: '>',
  GreaterThanEquals: '≥',
  Matches: 'matches',
};

function comparison(rule: ChoiceRule): string | undefined {
  for (const [operator, word] of [
    ['And', 'and'],
    ['Or', 'or'],
  ] as const) {
    const parts = rule[operator];
    if (Array.isArray(parts) && parts.length) {
      const first = comparison(parts[0] as ChoiceRule);
      return first && (parts.length > 1 ? `${first} ${word} …` : first);
    }
  }
  if (typeof rule.Not === 'object' && rule.Not !== null) {
    const inner = comparison(rule.Not as ChoiceRule);
    return inner && `not ${inner}`;
  }
  if (typeof rule.Variable !== 'string') {
    return undefined;
  }
  const operator = Object.keys(rule).find((key) => !['Variable', 'Next', 'Comment'].includes(key));
  if (!operator) {
    return undefined;
  }
  const value = rule[operator];
  const path = /^(?:String|Numeric|Boolean|Timestamp)([A-Za-z]+?)(?:Path)?$/.exec(operator)?.[1];
  const sign = path === undefined ? undefined : SIGNS[path];
  if (sign !== undefined) {
    return `${rule.Variable} ${sign} ${operator.endsWith('Path') ? value : JSON.stringify(value)}`;
  }
  const words = operator.replace(/^Is/, '').toLowerCase();
  return `${rule.Variable} is ${value === false ? 'not ' : ''}${words}`;
}

/** A state and where it is. Its id is its name, unless another state before it has the same. */
export interface Place {
  id: string;
  name: string;
  state: State;
  parent: Place | undefined;
  /** Which branch of the parent it is in. */
  branch: number;
  depth: number;
}

/** Every state of a definition, containers before what is in them. */
export class Outline {
  readonly places: Place[] = [];
  private readonly byId = new Map<string, Place>();
  private readonly byState = new Map<State, Place>();

  constructor(definition: Scope) {
    this.add(definition, undefined, 0, 0);
  }

  private add(scope: Scope, parent: Place | undefined, branch: number, depth: number): void {
    for (const [name, state] of Object.entries(scope.States)) {
      const id = this.byId.has(name) ? `${parent?.id ?? ''}/${branch}/${name}` : name;
      const place = { id, name, state, parent, branch, depth };
      this.places.push(place);
      this.byId.set(id, place);
      this.byState.set(state, place);
      innerScopes(state).forEach((inner, i) => this.add(inner, place, i, depth + 1));
    }
  }

  get(id: string): Place | undefined {
    return this.byId.get(id);
  }

  of(state: State): Place {
    const place = this.byState.get(state);
    if (!place) {
      throw new Error('Expected a state of this definition');
    }
    return place;
  }

  /** The state of that name directly inside the container; at the top level without one. */
  inside(container: Place | undefined, name: string): Place | undefined {
    const first = this.byId.get(name);
    return first?.parent === container
      ? first
      : this.places.find((place) => place.name === name && place.parent === container);
  }
}
