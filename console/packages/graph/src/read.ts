import type { Scope, State, StateType } from './definition.ts';

const TYPES: ReadonlySet<string> = new Set<StateType>([
  'Task',
  'Pass',
  'Choice',
  'Wait',
  'Parallel',
  'Map',
  'Succeed',
  'Fail',
]);

/** Definitions are as deep as the server lets them be. */
const DEPTH_MAX = 100;

type Fields = Record<string, unknown>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What of a JSON value can be drawn as a definition: states that lack what they need are drawn
 * without it. Undefined where there are no states. So a graph can follow a text that is being
 * written, and no definition stops a page.
 */
export function drawable(value: unknown, depth = 0): Scope | undefined {
  if (!isObject(value) || !isObject(value.States) || depth > DEPTH_MAX) {
    return undefined;
  }
  const States: Record<string, State> = Object.create(null) as Record<string, State>;
  for (const [name, state] of Object.entries(value.States)) {
    if (isObject(state)) {
      States[name] = drawableState(state, depth);
    }
  }
  return { StartAt: text(value.StartAt) ?? '', States };
}

function drawableState(state: Fields, depth: number): State {
  const {
    Next,
    End,
    Default,
    Resource,
    Choices,
    Catch,
    Branches,
    ItemProcessor,
    Iterator,
    ...rest
  } = state;
  const Type = TYPES.has(text(state.Type) ?? '') ? (state.Type as StateType) : 'Pass';
  const drawn: State = { ...rest, Type };
  if (text(Next)) {
    drawn.Next = Next as string;
  }
  if (End === true) {
    drawn.End = true;
  }
  if (text(Default)) {
    drawn.Default = Default as string;
  }
  if (text(Resource)) {
    drawn.Resource = Resource as string;
  }
  if (Array.isArray(Choices)) {
    drawn.Choices = Choices.filter((rule) => isObject(rule) && text(rule.Next)).map((rule) => {
      const { Comment, Condition, ...others } = rule as Fields;
      return {
        ...others,
        ...(text(Comment) ? { Comment } : {}),
        ...(text(Condition) ? { Condition } : {}),
      } as NonNullable<State['Choices']>[number];
    });
  }
  if (Array.isArray(Catch)) {
    drawn.Catch = Catch.filter((c) => isObject(c) && text(c.Next)) as NonNullable<State['Catch']>;
  }
  if (Array.isArray(Branches)) {
    drawn.Branches = Branches.flatMap((branch) => drawable(branch, depth + 1) ?? []);
  }
  for (const [field, processor] of [
    ['ItemProcessor', ItemProcessor],
    ['Iterator', Iterator],
  ] as const) {
    const inner = drawable(processor, depth + 1);
    if (inner) {
      const config = (processor as Fields).ProcessorConfig;
      drawn[field] = { ...inner, ...(isObject(config) ? { ProcessorConfig: config } : {}) };
    }
  }
  return drawn;
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;
