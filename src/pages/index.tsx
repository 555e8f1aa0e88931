import Head from '@docusaurus/Head';
import Link from '@docusaurus/Link';
import { usePluginData } from '@docusaurus/useGlobalData';
import Layout from '@theme/Layout';
import type { ReactNode } from 'react';
import { Command } from '../components/lab/Command.tsx';
import type { ChapterData, SiteData } from '../site-data/lab-data.ts';
import styles from './index.module.css';

export default function Home(): ReactNode {
  const { chapters } = usePluginData('bitacora-datos') as SiteData;
  return (
    <Layout description="Cómo se comportan de verdad las aplicaciones con estado en Kubernetes: cada capítulo, una pregunta y un experimento que puedes ejecutar.">
      <Head>
        <title>Bitácora: Kubernetes con estado</title>
      </Head>
      <main className={styles.page}>
        <header className={styles.hero}>
          <h1>Bitácora: Kubernetes con estado</h1>
          <p className={styles.lead}>
            ¿Qué vuelve si matas un Pod? ¿Con qué nombre, en qué nodo, con qué disco? Aquí cada capítulo hace una pregunta como esas, la responde con un
            experimento y enseña lo que salió.
          </p>
          {chapters[0] ? (
            <p>
              <Link className={styles.start} to={chapters[0].path}>
                Empieza por el capítulo {chapters[0].id}
              </Link>
            </p>
          ) : null}
        </header>
        <Orders />
        <Chapters chapters={chapters} />
        <Maqueta />
        <Deal />
      </main>
    </Layout>
  );
}

function Orders(): ReactNode {
  return (
    <section className={styles.section} aria-labelledby="ordenes">
      <h2 id="ordenes">Dos órdenes</h2>
      <p>En una copia recién clonada, sin preparar nada antes. Lo que falte se instala solo, diciéndolo.</p>
      <div className={styles.orders}>
        <div>
          <Command command="npm run lab 04" />
          <p>
            Ejecuta un laboratorio: aplica sus manifiestos, mata lo que el capítulo mata y comprueba qué queda. Si tienes minikube en marcha, ahí; si no, en la
            maqueta, y te lo dice.
          </p>
        </div>
        <div>
          <Command command="npm test" />
          <p>
            Prueba el proyecto entero sin clúster: que cada laboratorio pasa dos veces seguidas, que su reto sin tocar falla y que las soluciones erróneas se
            rechazan donde deben.
          </p>
        </div>
      </div>
    </section>
  );
}

function Chapters({ chapters }: { chapters: readonly ChapterData[] }): ReactNode {
  return (
    <section className={styles.section} aria-labelledby="capitulos">
      <h2 id="capitulos">Capítulos</h2>
      <ol className={styles.chapters}>
        {chapters.map(({ id, path, title, question }) => (
          <li key={id}>
            <span className={styles.number} aria-hidden="true">
              {id}
            </span>
            <div>
              <Link to={path} className={styles.question}>
                {question}
              </Link>
              <p>{title}</p>
            </div>
          </li>
        ))}
      </ol>
      <p>
        Las palabras que no conozcas están en el <Link to="/docs/terminos/">glosario</Link>, con su nombre en inglés.
      </p>
    </section>
  );
}

function Maqueta(): ReactNode {
  return (
    <section className={styles.section} aria-labelledby="maqueta">
      <h2 id="maqueta">La maqueta</h2>
      <p>
        Es un Kubernetes simulado que corre dentro del propio programa: API, controladores, planificador y kubelet, con un reloj virtual que no espera a nadie.
        No pide Docker ni permisos de administración. Lo que imita, lo hace con las mismas reglas que el de verdad; lo que no, lo rechaza diciendo qué campo o
        qué recurso no conoce.
      </p>
      <p>El mismo laboratorio, sin cambiar una línea, corre en tu minikube. Lo que se grabó en la maqueta lleva escrito que es de la maqueta.</p>
    </section>
  );
}

function Deal(): ReactNode {
  return (
    <section className={styles.section} aria-labelledby="trato">
      <h2 id="trato">El trato</h2>
      <ul className={styles.deal}>
        <li>El código y el YAML de cada página son los archivos que se ejecutan, no una copia.</li>
        <li>Las salidas son grabaciones, con su fecha, sus versiones y su semilla.</li>
        <li>Ningún laboratorio toca un clúster que no hayas nombrado, y «limpiar» demuestra que no queda nada.</li>
        <li>Lo que no hemos medido pone «sin medir».</li>
      </ul>
    </section>
  );
}
