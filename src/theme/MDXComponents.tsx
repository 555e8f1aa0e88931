import MDXComponents from '@theme-original/MDXComponents';
import { IllustrativeCode, IncludedCode, NoteLetter } from '../components/code/IncludedCode.tsx';
import { Diagram } from '../components/diagram/Diagram.tsx';
import { Glossary } from '../components/glossary/Glossary.tsx';
import { TermLink } from '../components/glossary/TermLink.tsx';
import { ChapterHeader } from '../components/lab/ChapterHeader.tsx';
import { Classroom } from '../components/lab/Classroom.tsx';
import { LabCard } from '../components/lab/LabCard.tsx';
import { MonthSimulator } from '../components/month/MonthSimulator.tsx';
import { ContrastTable } from '../components/probe/ContrastTable.tsx';
import { NinesTable } from '../components/probe/NinesTable.tsx';
import { ProbeGraph } from '../components/probe/ProbeGraph.tsx';
import { ProbeLedger } from '../components/probe/ProbeLedger.tsx';
import { ExpectedError } from '../components/recording/ExpectedError.tsx';
import { RecordedOutput } from '../components/recording/RecordedOutput.tsx';
import { RecordedStep } from '../components/recording/RecordedStep.tsx';
import { RecordingContrast } from '../components/recording/RecordingContrast.tsx';
import { Timeline } from '../components/recording/Timeline.tsx';
import { Hint } from '../components/review/Hint.tsx';
import { Question, Review } from '../components/review/Review.tsx';

/** Los nombres con los que se escriben en los capítulos. */
export default {
  ...MDXComponents,
  // Los ponen los complementos de src/remark; a mano no se admiten.
  Incluido: IncludedCode,
  Ilustrativo: IllustrativeCode,
  Letra: NoteLetter,
  Diagrama: Diagram,
  // Se escriben en los capítulos.
  Cabecera: ChapterHeader,
  Laboratorio: LabCard,
  Grabacion: RecordedOutput,
  EnLaMaqueta: RecordingContrast,
  Paso: RecordedStep,
  LineaDeTiempo: Timeline,
  ErrorEsperado: ExpectedError,
  GraficaDeSonda: ProbeGraph,
  ContrasteDeSonda: ContrastTable,
  CuentasDeSonda: ProbeLedger,
  TablaDeNueves: NinesTable,
  MesSimulado: MonthSimulator,
  Pista: Hint,
  Repaso: Review,
  Pregunta: Question,
  ParaClase: Classroom,
  Termino: TermLink,
  Glosario: Glossary,
};
