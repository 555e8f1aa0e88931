import type { Check } from './engine/check.ts';
import type { LeftToDrain } from './engine/drain-checks.ts';
import type { Duration, Kind, KubeObject, ObjectEvent, ObjectQuery, Taint } from './engine/ports.ts';
import type { ProbeConnection, ProbeResult } from './engine/probe-result.ts';
import type { ConsistentlyOptions, EventuallyOptions } from './engine/wait.ts';
import type { MonthOptions, MonthReport } from './sonda/month.ts';

/** Lo que un paso puede pedir al clúster. Todo ocurre en el espacio de nombres de esta ejecución. */
export interface LabCluster {
  /** Espacio de esta ejecución. */
  readonly namespace: string;
  /** Aplica un archivo de la carpeta de manifiestos del laboratorio. En el reto, lo de quien aprende ya está aplicado. */
  apply(file: string): Promise<KubeObject[]>;
  get(kind: Kind, name: string): Promise<KubeObject | undefined>;
  list(kind: Kind, labels?: string): Promise<KubeObject[]>;
  pod(name: string): Promise<KubeObject | undefined>;
  pods(labels: string): Promise<KubeObject[]>;
  /** Todos los nodos del clúster. */
  nodes(): Promise<KubeObject[]>;
  /** Borra ese objeto, por su UID. */
  delete(object: KubeObject, options?: { gracePeriod?: Duration }): Promise<void>;
  scale(kind: Kind, name: string, replicas: number): Promise<void>;
  /** Cambia la imagen de un contenedor de la plantilla, como `kubectl set image`. */
  setImage(kind: Kind, name: string, container: string, image: string): Promise<void>;
  /** Cambia solo esos campos, como `kubectl patch`: las listas con clave se mezclan por ella. */
  patch(kind: Kind, name: string, changes: object): Promise<void>;
  /** Pone o quita un taint. Al acabar el laboratorio, pase lo que pase, los que siga teniendo puestos se quitan. */
  taint(node: string, taint: Taint): Promise<void>;
  untaint(node: string, taint: Taint): Promise<void>;
  /** Pone o quita una etiqueta de un nodo. Al acabar el laboratorio, pase lo que pase, las que siga teniendo puestas se quitan. */
  label(node: string, key: string, value: string): Promise<void>;
  unlabel(node: string, key: string): Promise<void>;
  /** Cierra o abre un nodo a Pods nuevos. Al acabar el laboratorio, pase lo que pase, los que siga teniendo cerrados se abren. */
  cordon(node: string): Promise<void>;
  uncordon(node: string): Promise<void>;
  /**
   * Una vuelta de `kubectl drain --ignore-daemonsets` sobre lo de este espacio: pide que se vaya cada Pod de ese nodo que
   * alguien repondrá, y no espera. Los sueltos y los de un DaemonSet se quedan. Antes, `cordon`.
   * @returns Los que quedan por irse; `refused`, por qué no les deja su PodDisruptionBudget. Se repite hasta que no quede ninguno.
   */
  drain(node: string): Promise<LeftToDrain[]>;
  /** Desaloja un Pod, sea de quien sea. Devuelve por qué no le deja su PodDisruptionBudget, o `undefined` si se va. */
  evict(pod: KubeObject): Promise<string | undefined>;
  logs(pod: string, container?: string): Promise<string>;
  proxyGet(pod: string, port: number, path: string): Promise<{ status: number; body: string }>;
  /** Apaga la máquina de un nodo. Al acabar el laboratorio, pase lo que pase, los apagados se encienden. */
  powerOff(node: string): Promise<void>;
  powerOn(node: string): Promise<void>;
  /** Lo que kube-proxy ha escrito en el núcleo de ese nodo, tal cual: `nft list table ip kube-proxy`. El paso declara `needs.proxyRules`. */
  proxyRules(node: string): Promise<string>;
  /** Sucesos (`Event`) sobre ese objeto, del más viejo al más nuevo. */
  events(about: KubeObject): Promise<KubeObject[]>;
}

/** Lo visto por un watch abierto antes de actuar. */
export interface Timeline {
  /** Todo lo llegado hasta ahora, en orden de llegada. `at`: ms del reloj del destino desde que empezó el laboratorio. */
  seen(): (ObjectEvent & { at: number })[];
  stop(): void;
}

export interface ProbeOptions {
  /** A quién se pregunta, desde dentro del espacio: `http://web`. */
  target: string;
  /** Peticiones por segundo. Por defecto, 50. */
  rate?: number;
  /** Lo que se espera a cada una. Por defecto, `2s`. */
  deadline?: Duration;
  /**
   * `new`, por defecto: una conexión por petición, como un cliente recién llegado; el Service elige Pod en cada una.
   * `kept`: se reutilizan, y cada conexión sigue con el Pod que le tocó. La maqueta no las tiene y lo dice.
   */
  connection?: ProbeConnection;
  /**
   * Lo más que puede salir tarde una petición para que la medida valga. Por defecto, `1s`. Más, solo si lo que se afirma lo
   * aguanta: un hueco se acorta en ese rato, y una petición que debía salir entonces no vio lo que pasaba.
   */
  lateness?: Duration;
}

/** Una medida en marcha. Si la sonda muere o se reinicia, lo siguiente que se le pida lanza `LabError` `BROKEN`. */
export interface RunningProbe {
  /** Lo medido hasta ahora. */
  read(): Promise<ProbeResult>;
  /** Apunta en el reloj de la sonda lo que se va a hacer: sale en la gráfica. */
  mark(text: string): Promise<void>;
  /** Tira lo medido y empieza otra vez desde cero, con lo mismo. Para cuando el servicio aún no contestaba. */
  restart(): Promise<void>;
  /** Cierra la medida, espera a la última petición, la enseña bajo el paso y la graba. */
  stop(): Promise<ProbeResult>;
}

export interface StepContext {
  cluster: LabCluster;
  /**
   * Pone la sonda en el espacio si no está, espera a que esté lista y empieza a preguntar. `title` nombra la medida: con
   * nombres distintos, un mismo paso mide varias cosas a la vez.
   */
  probe(title: string, options: ProbeOptions): Promise<RunningProbe>;
  /** Un mes de averías al azar, siempre en la maqueta y sea cual sea el destino: en un clúster de verdad duraría un mes. */
  month(options: MonthOptions): Promise<MonthReport>;
  /** Abre un watch **ya**, antes de actuar: lo que pase después queda en `seen()`, en un mismo orden. */
  timeline(query: Omit<ObjectQuery, 'namespace'>): Promise<Timeline>;
  /** Espera a que `read` cumpla `check`. Lanza `LabError` NOT_YET con el último desajuste. */
  eventually<T, Passed = T>(read: () => Promise<T>, check: Check<NoInfer<T>, Passed>, options: EventuallyOptions): Promise<Passed>;
  /** Exige que `read` cumpla `check` todo el tiempo. Falla a la primera violación. */
  consistently<T, Passed = T>(read: () => Promise<T>, check: Check<NoInfer<T>, Passed>, options: ConsistentlyOptions): Promise<Passed>;
  /** Exige que se cumpla ahora: una sola lectura. */
  expect<T>(value: T, check: Check<NoInfer<T>, unknown>): void;
  /** Milisegundos del reloj del destino desde que empezó el laboratorio. */
  now(): number;
  /** Línea que se enseña bajo el paso y queda grabada: lo que salió de verdad. */
  note(text: string): void;
}

export interface Step {
  id: string;
  /** Una afirmación que el paso demuestra. */
  title: string;
  points: number;
  /** Preguntas, de la más general a la más concreta. */
  hints: readonly string[];
  /** Lo que este paso necesita y no todos los destinos tienen. Si falta, el paso se salta diciéndolo. */
  needs?: {
    nodes?: number;
    /** Apaga la máquina de un nodo. */
    power?: boolean;
    /** Alguien que dé dirección a los Services de tipo LoadBalancer. */
    loadBalancer?: boolean;
    /** Leer las reglas que kube-proxy ha puesto en un nodo. */
    proxyRules?: boolean;
  };
  run(context: StepContext): Promise<void>;
}

export interface LabDefinition {
  id: string;
  /** Nombre de la carpeta sin el número: `mundo-real`. */
  slug: string;
  title: string;
  /** Qué queda demostrado, en una frase. */
  proves: string;
  /** Lo que el laboratorio entero necesita. Si falta, salida 3. */
  needs: {
    nodes?: number;
    storageClass?: boolean;
    /** Cambia nodos o algo de todo el clúster: no puede correr a la vez que nada, ni que otra vez él mismo. */
    alone?: boolean;
  };
  /** Todas las imágenes que descarga, para `precarga` y para la cabecera. */
  images: readonly string[];
  steps: readonly Step[];
  challenge: {
    title: string;
    /** Qué se pide a quien aprende. */
    brief: string;
    /** Como en el laboratorio: comprobarlo cambia nodos o algo de todo el clúster. */
    needs?: { alone?: boolean };
    /** Archivos de la carpeta del laboratorio que ya están puestos: se aplican antes que los de quien aprende. */
    given: readonly string[];
    steps: readonly Step[];
    /** Carpeta de manifests/NN-slug/wrong/ → paso en que debe caer y por qué. */
    wrong: Readonly<Record<string, { fails: string; why: string }>>;
  };
}

export const defineLab = (definition: LabDefinition): LabDefinition => definition;

export const step = (id: string, title: string, run: Step['run'], { points, hints, needs }: Pick<Step, 'points' | 'hints' | 'needs'>): Step => ({
  id,
  title,
  run,
  points,
  hints,
  ...(needs ? { needs } : {}),
});
