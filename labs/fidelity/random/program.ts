import * as fc from 'fast-check';
import type { Duration } from '../../engine/ports.ts';
import { container, daemonSet, deployment, headless, idle, pod, replicaSet, statefulSet } from '../pieces.ts';
import type { Action, Manifest, Ref, Scenario } from '../scenario.ts';

/** Una acción de un programa al azar, con lo justo para escribirla en una línea. */
export type Move =
  | { do: 'escalar'; to: number }
  | { do: 'matar'; grace?: number }
  | { do: 'cambiar'; value: string }
  | { do: 'romper' }
  | { do: 'arreglar' }
  | { do: 'soltar' }
  | { do: 'adoptar' }
  | { do: 'atar' }
  | { do: 'desatar' }
  | { do: 'pausar'; paused: boolean }
  | { do: 'partir'; partition: number }
  | { do: 'servicio' }
  | { do: 'borrar'; propagation: 'Background' | 'Foreground' | 'Orphan' };

export type ProgramKind = 'Deployment' | 'ReplicaSet' | 'StatefulSet' | 'DaemonSet';

export interface Program {
  kind: ProgramKind;
  replicas: number;
  options: string;
  moves: readonly Move[];
}

type Options = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Maneras de empezar, por su nombre. */
const startOptions: Readonly<Record<ProgramKind, Options>> = {
  Deployment: {
    normal: {},
    'de uno en uno': { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } } },
    Recreate: { strategy: { type: 'Recreate' } },
    'con minReadySeconds': { minReadySeconds: 2 },
  },
  ReplicaSet: { normal: {}, 'con minReadySeconds': { minReadySeconds: 2 } },
  StatefulSet: {
    normal: {},
    Parallel: { podManagementPolicy: 'Parallel' },
    OnDelete: { updateStrategy: { type: 'OnDelete' } },
    'desde el 3': { ordinals: { start: 3 } },
  },
  DaemonSet: { normal: {}, OnDelete: { updateStrategy: { type: 'OnDelete' } } },
};

const common = (): fc.Arbitrary<Move>[] => [
  fc.oneof({ weight: 3, arbitrary: fc.constant<Move>({ do: 'matar' }) }, { weight: 1, arbitrary: fc.constant<Move>({ do: 'matar', grace: 0 }) }),
  fc.constantFrom('2', '3').map((value): Move => ({ do: 'cambiar', value })),
  fc.constant<Move>({ do: 'romper' }),
  fc.constant<Move>({ do: 'arreglar' }),
  fc.constant<Move>({ do: 'atar' }),
  fc.constant<Move>({ do: 'desatar' }),
  fc.constant<Move>({ do: 'servicio' }),
  fc.constantFrom('Background' as const, 'Foreground' as const, 'Orphan' as const).map((propagation): Move => ({ do: 'borrar', propagation })),
];

const scaling = fc.integer({ min: 0, max: 4 }).map((to): Move => ({ do: 'escalar', to }));
const relabelling = [fc.constant<Move>({ do: 'soltar' }), fc.constant<Move>({ do: 'adoptar' })];

/** Lo que tiene sentido pedirle a cada uno; `escalar` pesa el doble. */
const movesOf: Readonly<Record<ProgramKind, readonly fc.Arbitrary<Move>[]>> = {
  Deployment: [scaling, scaling, ...relabelling, fc.boolean().map((paused): Move => ({ do: 'pausar', paused })), ...common()],
  ReplicaSet: [scaling, scaling, ...relabelling, ...common()],
  StatefulSet: [scaling, scaling, fc.integer({ min: 0, max: 2 }).map((partition): Move => ({ do: 'partir', partition })), ...common()],
  DaemonSet: common(),
};

export const programs: fc.Arbitrary<Program> = fc
  .constantFrom<ProgramKind>('Deployment', 'Deployment', 'StatefulSet', 'StatefulSet', 'ReplicaSet', 'DaemonSet')
  .chain((kind) =>
    fc.record({
      kind: fc.constant(kind),
      replicas: fc.integer({ min: 1, max: 3 }),
      options: fc.constantFrom(...Object.keys(startOptions[kind])),
      moves: fc.array(fc.oneof(...movesOf[kind]), { minLength: 2, maxLength: 4 }),
    }),
  );

/** El programa, como un escenario más: cada acción es un paso que espera a que nada se mueva durante `settle`. */
export function scenarioOf(program: Program, id: string, settle: Duration = '6s'): Scenario {
  return {
    id,
    title: programText(program),
    steps: [
      { title: '0. crear', act: [{ apply: startOf(program) }], settle },
      ...program.moves.map((move, index) => ({ title: `${index + 1}. ${moveText(move)}`, act: actionsOf(move, program.kind), settle })),
    ],
  };
}

function startOf({ kind, replicas, options }: Program): Manifest {
  const more = startOptions[kind][options] ?? {};
  if (kind === 'Deployment') return deployment(replicas, more);
  if (kind === 'ReplicaSet') return replicaSet(replicas, more);
  if (kind === 'StatefulSet') return statefulSet(replicas, more);
  return daemonSet(more);
}

function actionsOf(move: Move, kind: ProgramKind): Action[] {
  const set: Ref = `${kind}/web`;
  const template = (spec: object): Action => ({ patch: set, as: 'strategic', with: { spec: { template: { spec } } } });
  const firstContainer = (fields: object) => template({ containers: [{ name: 'app', ...fields }] });
  switch (move.do) {
    case 'escalar':
      return [{ scale: set, to: move.to }];
    case 'matar':
      return [{ delete: 'Pod/^app=web', ...(move.grace === undefined ? {} : { grace: move.grace }) }];
    case 'cambiar':
      return [firstContainer({ env: [{ name: 'VERSION', value: move.value }] })];
    case 'romper':
      return [firstContainer({ readinessProbe: { exec: { command: ['false'] }, periodSeconds: 1, failureThreshold: 1 } })];
    case 'arreglar':
      return [firstContainer({ readinessProbe: null })];
    case 'atar':
      return [template({ nodeSelector: { 'fidelidad.lab/nadie': 'si' } })];
    case 'desatar':
      return [template({ nodeSelector: null })];
    case 'soltar':
      return [{ patch: 'Pod/^app=web', with: { metadata: { labels: { app: 'suelta' } } } }];
    case 'adoptar':
      return [{ create: pod('suelto', { containers: [container(idle)] }) }];
    case 'pausar':
      return [{ patch: set, with: { spec: { paused: move.paused } } }];
    case 'partir':
      return [{ patch: set, with: { spec: { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: move.partition } } } } }];
    case 'servicio':
      return [{ apply: headless() }];
    case 'borrar':
      return [{ delete: set, propagation: move.propagation }];
  }
}

const moveText = (move: Move): string => Object.values(move).join(' ');

export const programText = ({ kind, replicas, options, moves }: Program): string =>
  `${kind}${kind === 'DaemonSet' ? '' : ` con ${replicas}`} (${options}): ${moves.map(moveText).join(', ') || 'nada más'}`;
