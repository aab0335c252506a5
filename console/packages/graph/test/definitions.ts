import fc from 'fast-check';
import type { Scope, State } from '../src/index.ts';

/** Definitions with loops of every kind, states nothing leads to, shared targets, deep nesting. */
export function definitions(statesMax = 12, depth = 2): fc.Arbitrary<Scope> {
  return fc
    .array(plan(depth), { minLength: 1, maxLength: statesMax })
    .chain((plans) =>
      fc.record({
        plans: fc.constant(plans),
        start: fc.nat(plans.length - 1),
        targets: fc.array(fc.nat(plans.length - 1), {
          minLength: plans.length * 4,
          maxLength: plans.length * 4,
        }),
      }),
    )
    .map(({ plans, start, targets }) => {
      const name = (i: number) => `S${i}`;
      const States: Record<string, State> = {};
      plans.forEach((p, i) => {
        const to = (k: number) => name(targets[i * 4 + k]!);
        const state: State = { Type: p.type };
        switch (p.type) {
          case 'Choice':
            state.Choices = Array.from({ length: p.width }, (_, k) => ({
              Next: to(k),
              Condition: `{% $kind = ${k} %}`,
            }));
            state.Default = to(3);
            break;
          case 'Succeed':
          case 'Fail':
            break;
          default:
            if (p.ends) {
              state.End = true;
            } else {
              state.Next = to(0);
            }
            if (p.catches) {
              state.Catch = [{ ErrorEquals: ['States.ALL'], Next: to(1) }];
            }
        }
        if (p.type === 'Parallel') {
          state.Branches = p.inner;
        } else if (p.type === 'Map') {
          state.ItemProcessor = p.inner[0]!;
        }
        States[name(i)] = state;
      });
      return { StartAt: name(start), States };
    });
}

interface Plan {
  type: State['Type'];
  width: number;
  ends: boolean;
  catches: boolean;
  inner: Scope[];
}

function plan(depth: number): fc.Arbitrary<Plan> {
  const flat = fc.record({
    type: fc.constantFrom<State['Type']>('Task', 'Pass', 'Choice', 'Wait', 'Succeed', 'Fail'),
    width: fc.integer({ min: 1, max: 3 }),
    ends: fc.boolean(),
    catches: fc.boolean(),
    inner: fc.constant<Scope[]>([]),
  });
  if (depth === 0) {
    return flat;
  }
  const nested = fc.record({
    type: fc.constantFrom<State['Type']>('Parallel', 'Map'),
    width: fc.constant(1),
    ends: fc.boolean(),
    catches: fc.boolean(),
    inner: fc.array(definitions(4, depth - 1), { minLength: 1, maxLength: 3 }),
  });
  return fc.oneof({ weight: 4, arbitrary: flat }, { weight: 1, arbitrary: nested });
}
