/** Una conducta de la maqueta rota a propósito: se cambia una frase de un archivo al cargarlo, y en el disco no cambia nada. */
export interface Mutation {
  id: string;
  /** Qué deja de hacer bien, en una frase. */
  breaks: string;
  file: string;
  find: string;
  replace: string;
  /** Escenario que tiene que nombrarla, como poco. */
  caughtBy: string;
}

const at = (file: string) => `src/maqueta/${file}`;

export const mutations: readonly Mutation[] = [
  {
    id: 'replicaset-no-repone',
    breaks: 'un ReplicaSet no repone los Pods que le faltan si le queda alguno',
    file: at('controllers/replicaset.ts'),
    find: 'if (missing > 0) create(',
    replace: 'if (missing > 0 && active.length === 0) create(',
    caughtBy: 'replicaset-crear-escalar-matar',
  },
  {
    id: 'deployment-sin-suelo',
    breaks: 'RollingUpdate quita los Pods viejos sin mirar cuántos quedan disponibles',
    file: at('controllers/deployment-rolling.ts'),
    find: 'const minAvailable = all.replicas - fencesOf(deployment).unavailable;',
    replace: 'const minAvailable = 0;',
    caughtBy: 'deployment-rolling-de-uno-en-uno',
  },
  {
    id: 'recreate-impaciente',
    breaks: 'Recreate crea los Pods nuevos sin esperar a que acaben los viejos',
    file: at('controllers/deployment.ts'),
    find: 'if (isAnyLeft) return false;',
    replace: '',
    caughtBy: 'deployment-recreate',
  },
  {
    id: 'statefulset-sin-orden',
    breaks: 'un StatefulSet OrderedReady no espera a que el anterior esté listo',
    file: at('controllers/statefulset.ts'),
    find: 'if (mustStop && ordered) return;',
    replace: 'if (mustStop && false) return;',
    caughtBy: 'statefulset-orden',
  },
  {
    id: 'daemonset-sin-taints',
    breaks: 'un DaemonSet pone Pods en nodos con taints que no tolera',
    file: at('controllers/daemonset-nodes.ts'),
    find: "const shouldRun = tolerated('NoExecute', 'NoSchedule');",
    replace: 'const shouldRun = true;',
    caughtBy: 'daemonset-taint',
  },
  {
    id: 'planificador-sin-cuentas',
    breaks: 'el planificador no mira si el Pod cabe en la CPU del nodo',
    file: at('scheduler/filters/node-resources.ts'),
    find: 'const lacksCpu = pod.cpu > 0 &&',
    replace: 'const lacksCpu = false &&',
    caughtBy: 'no-caber',
  },
  {
    id: 'planificador-sin-antiafinidad',
    breaks: 'el planificador no mira la antiafinidad entre Pods',
    file: at('scheduler/filters/all-filters.ts'),
    find: ' interPodAffinity,',
    replace: '',
    caughtBy: 'antiafinidad',
  },
  {
    id: 'basura-sin-recoger',
    breaks: 'el recolector de basura no se lleva lo que se queda sin dueño',
    file: at('controllers/garbage-collector.ts'),
    find: "    remove(item, 'Background');\n  }",
    replace: '  }',
    caughtBy: 'borrado-en-cascada',
  },
  {
    id: 'sin-gracia',
    breaks: 'el kubelet mata al momento, sin esperar terminationGracePeriodSeconds',
    file: at('kubelet/pod-stop.ts'),
    find: 'deadline = clock.now() + grace * 1000;',
    replace: 'deadline = clock.now();',
    caughtBy: 'se-resiste-a-irse',
  },
  {
    id: 'reinicio-sin-espera',
    breaks: 'el kubelet reinicia sin la espera que crece',
    file: at('kubelet/pod-start.ts'),
    find: 'if (wait > 0) return backOff(next, wait);',
    replace: '',
    caughtBy: 'reinicios-con-espera',
  },
  {
    id: 'extremos-sin-listo',
    breaks: 'un EndpointSlice da por listos a todos sus Pods',
    file: at('controllers/endpointslice.ts'),
    find: '(isServing && !isTerminating)',
    replace: '!isTerminating',
    caughtBy: 'sonda-readiness',
  },
  {
    id: 'pvc-sin-proteger',
    breaks: 'un PVC se va aunque un Pod lo esté usando',
    file: at('controllers/volumes.ts'),
    find: 'const isUsed = podsByClaim.get(key).size > 0;',
    replace: 'const isUsed = false;',
    caughtBy: 'pvc-espera-a-su-pod',
  },
  {
    id: 'apply-sin-conflictos',
    breaks: 'server-side apply pisa lo de otro sin pedir force',
    file: at('api/apply.ts'),
    find: 'if (conflicts.length > 0 && !isForced) throw',
    replace: 'if (false) throw',
    caughtBy: 'apply-conflicto-y-force',
  },
  {
    id: 'desalojo-sin-presupuesto',
    breaks: 'desalojar no mira el PodDisruptionBudget',
    file: at('registry/evict-pod.ts'),
    find: 'if (!isBeyondBudget(pod)) spend(',
    replace: 'if (false) spend(',
    caughtBy: 'presupuesto-de-interrupciones',
  },
];
