import { lastWords, oneLine } from './one-line.ts';
import type { TestResult } from './result.ts';

/** Lo que interesa del informe JSON de ginkgo: https://pkg.go.dev/github.com/onsi/ginkgo/v2/types#Report */
interface Spec {
  ContainerHierarchyTexts: readonly string[] | null;
  LeafNodeType: string;
  LeafNodeText: string;
  State: string;
  /** Nanosegundos. */
  RunTime: number;
  Failure?: {
    Message?: string;
    ForwardedPanic?: string;
    /** Bytes que llevaba escritos la prueba cuando pasó. */
    TimelineLocation?: { Offset?: number };
  };
  CapturedGinkgoWriterOutput?: string;
}

type Report = readonly { SpecReports: readonly Spec[] | null }[];

const specsOf = (text: string): readonly Spec[] => (JSON.parse(text) as Report).flatMap(({ SpecReports }) => SpecReports ?? []);

const nameOf = ({ ContainerHierarchyTexts, LeafNodeText }: Spec): string => [...(ContainerHierarchyTexts ?? []), LeafNodeText].join(' ');

const isTest = ({ LeafNodeType, State }: Spec): boolean => LeafNodeType === 'It' && State !== 'skipped';

/** Las pruebas que correrían, del informe de un ensayo (`--ginkgo.dry-run`). */
export const plannedTests = (text: string): string[] => specsOf(text).filter(isTest).map(nameOf);

/** Cómo le fue a una prueba, o `undefined` si el informe no dice nada de ella. `allowed`: segundos que tenía. */
export function resultOf(name: string, text: string, allowed: number): TestResult | undefined {
  const specs = specsOf(text);
  const spec = specs.find((one) => one.LeafNodeType === 'It' && nameOf(one) === name);
  const broken = specs.find(({ LeafNodeType, State }) => LeafNodeType.includes('BeforeSuite') && State !== 'passed' && State !== 'skipped');
  if (!spec || spec.State === 'skipped') return broken && { name, passes: false, why: `No llega a empezar: ${reasonOf(broken)}`, seconds: secondsOf(broken) };
  const seconds = secondsOf(spec);
  if (spec.State === 'passed') return { name, passes: true, seconds };
  return { name, passes: false, why: spec.State === 'timedout' ? `No acaba en ${allowed} s. ${waitingFor(spec)}`.trim() : reasonOf(spec), seconds };
}

const reasonOf = ({ Failure, State }: Spec): string => oneLine(Failure?.ForwardedPanic || Failure?.Message || `acaba en «${State}» sin decir por qué`);

/** Lo último que decía cuando se le acabó el tiempo: después escribe páginas con el estado del clúster. */
function waitingFor({ Failure, CapturedGinkgoWriterOutput: output = '' }: Spec): string {
  const until = Buffer.from(output).subarray(0, Failure?.TimelineLocation?.Offset).toString();
  // El corte puede caer a media línea.
  const said = lastWords(until.slice(0, until.lastIndexOf('\n') + 1));
  return said && `Lo último que dijo: ${said}`;
}

const secondsOf = ({ RunTime }: Spec): number => Math.round(RunTime / 1e8) / 10;
