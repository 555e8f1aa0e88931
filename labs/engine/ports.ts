import type { ProbeResult } from './probe-result.ts';

/**
 * Lo único que el motor sabe del mundo. `labs/cluster/` lo cumple para minikube, la maqueta y el taller;
 * las pruebas, con un clúster falso. Aquí no hay Node, ni cliente, ni reloj de verdad.
 */

/** Duración con unidad: `'500ms'`, `'60s'`, `'6m'`. */
export type Duration = `${number}${'ms' | 's' | 'm'}`;

/** Milisegundos desde 1970 en el reloj del destino: virtuales en la maqueta. */
export type Instant = number;

/** Objeto de la API tal cual llega: fechas como cadenas ISO 8601, ningún campo perdido. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    uid: string;
    resourceVersion: string;
    creationTimestamp: string;
    deletionTimestamp?: string;
    generation?: number;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    ownerReferences?: { apiVersion: string; kind: string; name: string; uid: string; controller?: boolean }[];
    finalizers?: string[];
  };
  // biome-ignore lint/suspicious/noExplicitAny: el motor compara objetos de cualquier tipo; cada lectura los estrecha.
  spec?: any;
  // biome-ignore lint/suspicious/noExplicitAny: igual que spec.
  status?: any;
  [field: string]: unknown;
}

/** Tipo de objeto, como en el YAML. `apiVersion` `'v1'`, `'apps/v1'`… */
export interface Kind {
  apiVersion: string;
  kind: string;
}

export interface ObjectQuery extends Kind {
  /** Sin espacio: todos, o un tipo que no vive en ninguno. */
  namespace?: string;
  /** Selector de etiquetas: `'app=web'`. */
  labels?: string;
  /** Selector de campos: `'metadata.name=web-0'`. */
  fields?: string;
}

export interface ObjectEvent {
  type: 'added' | 'modified' | 'deleted';
  object: KubeObject;
}

/** Leer: el motor solo necesita esto. Los errores que lanza son `LabError`. */
export interface ClusterPort {
  get(kind: Kind, namespace: string | undefined, name: string): Promise<KubeObject | undefined>;
  list(query: ObjectQuery): Promise<{ items: KubeObject[]; resourceVersion: string }>;
  /**
   * Cambios desde `from`, para siempre: se reabre solo si el servidor corta, y tras un 410 vuelve a listar y
   * cuenta la diferencia por UID. Ningún suceso se pierde ni se repite.
   */
  watch(query: ObjectQuery, from: string, signal: AbortSignal): AsyncIterable<ObjectEvent>;
}

/** Una marca en un nodo. `effect`: `NoSchedule`, `PreferNoSchedule` o `NoExecute`. */
export interface Taint {
  key: string;
  value?: string;
  effect: string;
}

/** Actuar: lo usan los laboratorios a través de `labs/lab.ts`, no el motor. */
export interface ActionsPort {
  /**
   * Server-side apply directo (`fieldManager=bitacora`, `force`, `fieldValidation=Strict`) del YAML tal cual.
   * Añade la etiqueta `bitacora.lab` y el espacio. Lanza `LabError` con archivo, línea y campo.
   * `dryRun`: el servidor lo juzga entero y no guarda nada.
   */
  apply(manifest: ManifestDocument, namespace: string, options?: { dryRun?: boolean }): Promise<KubeObject>;
  /** Borra ese objeto y no otro que se llame igual: lleva su UID como condición. */
  delete(object: KubeObject, options?: { gracePeriod?: Duration }): Promise<void>;
  /** Subrecurso `scale`. */
  scale(kind: Kind, namespace: string, name: string, replicas: number): Promise<void>;
  /** Cambia la imagen de un contenedor de la plantilla con strategic merge patch, como `kubectl set image`. */
  setImage(kind: Kind, namespace: string, name: string, container: string, image: string): Promise<void>;
  /** Strategic merge patch: solo cambia los campos escritos, como `kubectl patch`. */
  patch(kind: Kind, namespace: string | undefined, name: string, changes: object): Promise<void>;
  /** Pone un taint en un nodo, o le cambia el valor si ya tiene esa clave y ese efecto, como `kubectl taint --overwrite`. */
  taint(node: string, taint: Taint): Promise<void>;
  /** Quita el taint con esa clave y ese efecto; si no está, ya es cierto. */
  untaint(node: string, taint: Taint): Promise<void>;
  /** Pone una etiqueta a un nodo, o le cambia el valor, como `kubectl label --overwrite`. */
  label(node: string, key: string, value: string): Promise<void>;
  unlabel(node: string, key: string): Promise<void>;
  /** Cierra un nodo a Pods nuevos, como `kubectl cordon`. */
  cordon(node: string): Promise<void>;
  uncordon(node: string): Promise<void>;
  /**
   * Pide que se vaya ese Pod y no otro con su nombre (`pods/NOMBRE/eviction`), como cada vuelta de `kubectl drain`.
   * @returns Por qué no le deja ahora su PodDisruptionBudget, con las palabras del servidor; `undefined` si se va o ya no está.
   */
  evict(pod: KubeObject): Promise<string | undefined>;
  /** Registro del contenedor, como `kubectl logs`. */
  logs(namespace: string, pod: string, options?: { container?: string; previous?: boolean }): Promise<string>;
  /** GET a un puerto del Pod a través del servidor de API (`pods/NOMBRE:PUERTO/proxy/…`). */
  proxyGet(namespace: string, pod: string, port: number, path: string): Promise<{ status: number; body: string }>;
  createNamespace(name: string, labels: Record<string, string>): Promise<KubeObject>;
  /** Apaga la máquina de un nodo, como quien tira del enchufe: nadie se despide ni se borra nada. */
  powerOff(node: string): Promise<void>;
  /** La enciende otra vez. Acaba antes de que el nodo esté Ready: eso se espera. */
  powerOn(node: string): Promise<void>;
}

/** Un documento YAML con su procedencia, para que los errores nombren archivo y línea. */
export interface ManifestDocument {
  /** Ruta relativa a la raíz del proyecto. */
  file: string;
  /** Línea donde empieza, desde 1. */
  line: number;
  object: { apiVersion: string; kind: string; metadata: { name: string; namespace?: string; labels?: Record<string, string> } } & Record<string, unknown>;
  /** Línea (desde 1) de la ruta de un campo (`spec.replicass`), o la del documento. */
  lineOf(path: string): number;
}

export interface Clock {
  now(): Instant;
  /** En la maqueta, esperar adelanta el reloj virtual. Rechaza con `LabError` `ABORTED` si la señal salta. */
  sleep(wait: Duration, signal: AbortSignal): Promise<void>;
  /** `true` si el tiempo es virtual: se rotula en pantalla. */
  readonly isVirtual: boolean;
}

export interface Output {
  emit(event: LabEvent): void;
}

/** Una imagen del destino que no es la oficial: qué es de verdad y cuánto pesa. */
export interface TargetImage {
  /** El de los manifiestos: `node:24.21-alpine`. */
  name: string;
  from: string;
  bytes: number;
}

/** Un destino ya comprobado y abierto: todo lo que hace falta para correr un laboratorio en él. */
export interface Target {
  id: 'minikube' | 'maqueta' | 'taller' | 'contexto';
  /** Cómo se presenta: `maqueta (Kubernetes simulado)`, `minikube → https://127.0.0.1:32771`. */
  title: string;
  /** `v1.37.1`. */
  serverVersion: string;
  cluster: ClusterPort;
  actions: ActionsPort;
  clock: Clock;
  /** Las que hay, si no puede descargar otras: hechas en el taller, cada una en lugar de la oficial del mismo nombre. */
  images?: readonly TargetImage[];
  /** Sabe apagar y encender las máquinas de sus nodos. */
  hasPower?: boolean;
  /** De fábrica trae quien dé dirección a los LoadBalancer. Sin él, se mira si alguien lo ha instalado. */
  hasLoadBalancer?: boolean;
  /** Las reglas de kube-proxy en un nodo, si se puede entrar en él. */
  proxyRules?(node: string): Promise<string>;
  /** Cómo se nombra este clúster con kubectl: `['--context', 'minikube']`. Vacío si no se puede. */
  kubectlArguments: readonly string[];
  close(): Promise<void>;
}

/** Resultado de un paso. `skipped`: el destino no puede probarlo (y se dice qué falta). */
export type StepResult = 'ok' | 'notYet' | 'broken' | 'stopped' | 'skipped';

/** Por qué no: el campo, lo esperado y lo encontrado. */
export interface Mismatch {
  /** Objeto: `StatefulSet apps/v1 · espacio/web`. */
  object?: string;
  /** `status.readyReplicas` */
  path: string;
  expected: string;
  found: string;
  /** Diferencia podada a los campos esperados, como mucho 20 líneas: ` igual`, `-esperado`, `+encontrado`. */
  diff?: readonly string[];
}

export interface StepFailure {
  mismatch?: Mismatch;
  /** Frase completa: qué pasó. */
  message: string;
  /** Últimos sucesos del clúster sobre lo que falla, lo más nuevo al final; como mucho 8. */
  events: string[];
  /** Orden que pegar para seguir mirando. */
  command?: string;
  /** Lectura en español de un error conocido. */
  reading?: string;
}

/** Un paso que en este destino no se puede probar, qué le falta y con qué orden se probaría. */
export interface StepShortage {
  stepId: string;
  needs: string;
  fix?: string;
}

/** Lo que se cuenta mientras corre. `at` y `took`: milisegundos del reloj del destino desde que empezó el laboratorio. */
export type LabEvent =
  | {
      at: number;
      kind: 'labStarted';
      lab: string;
      title: string;
      mode: 'demo' | 'challenge';
      target: string;
      targetId: Target['id'];
      serverVersion: string;
      namespace: string;
      isVirtual: boolean;
      steps: { id: string; title: string; points: number }[];
    }
  /** Antes de empezar: los pasos que aquí no se pueden probar. */
  | { at: number; kind: 'labLimited'; lab: string; shortages: StepShortage[] }
  | { at: number; kind: 'stepStarted'; lab: string; stepId: string; title: string }
  | { at: number; kind: 'stepWaiting'; lab: string; stepId: string; expected: string; found: string; within: number; elapsed: number }
  | { at: number; kind: 'stepNote'; lab: string; stepId: string; text: string }
  /** Una medida de la sonda, entera: con ella se dibuja en la terminal y en la página. */
  | { at: number; kind: 'stepMeasured'; lab: string; stepId: string; title: string; result: ProbeResult }
  | {
      at: number;
      kind: 'stepEnded';
      lab: string;
      stepId: string;
      title: string;
      result: StepResult;
      took: number;
      points: number;
      failure?: StepFailure;
      needs?: string;
    }
  | {
      at: number;
      kind: 'labEnded';
      lab: string;
      outcome: 'done' | 'notYet';
      passed: number;
      total: number;
      skipped: number;
      points: number;
      maxPoints: number;
      took: number;
      namespace: string;
    };
