/** Lo mínimo de un informe JSON de ginkgo, con la forma del de verdad. */
interface SpecSketch {
  name: string;
  state: string;
  seconds?: number;
  message?: string;
  output?: string;
  /** Lo escrito hasta que se le acabó el tiempo. */
  written?: number;
  type?: string;
}

export const ginkgoReport = (specs: readonly SpecSketch[]): string =>
  JSON.stringify([
    {
      SpecReports: [
        { ContainerHierarchyTexts: null, LeafNodeType: 'ReportBeforeSuite', LeafNodeText: '', State: 'passed', RunTime: 9085 },
        ...specs.map(({ name, state, seconds = 0, message, output, written, type = 'It' }) => ({
          ...namesOf(name),
          LeafNodeType: type,
          State: state,
          RunTime: seconds * 1e9,
          ...(message === undefined ? {} : { Failure: { Message: message, ...(written === undefined ? {} : { TimelineLocation: { Offset: written } }) } }),
          ...(output === undefined ? {} : { CapturedGinkgoWriterOutput: output }),
        })),
        { ContainerHierarchyTexts: null, LeafNodeType: 'SynchronizedAfterSuite', LeafNodeText: '', State: 'passed', RunTime: 1192991 },
      ],
    },
  ]);

/** «[sig-apps] Deployment should…» → el contenedor y la hoja. */
function namesOf(name: string) {
  const [, container = '', leaf = ''] = /^(\[[^\]]*\] [A-Z]\w+) (.*)$/.exec(name) ?? [];
  return container ? { ContainerHierarchyTexts: [container], LeafNodeText: leaf } : { ContainerHierarchyTexts: null, LeafNodeText: name };
}
