import { describe, expect, it } from 'vitest';
import type { World } from '../src/maqueta/world.ts';
import type { Target } from './engine/ports.ts';
import { openDressed } from './testing/dressed-maqueta.ts';
import { fakeProject, testLab } from './testing/fake-environment.ts';
import { playRealLab } from './testing/real-lab.ts';

// Clústeres a los que les falta algo. No hace falta estropear ninguno: es la maqueta, quitándoselo, con los laboratorios de verdad.

const aLab = (needs: object) => ({ ...testLab(), id: '09', slug: 'prueba', needs });
const noClass = ({ registry }: World) => void registry.delete('storage.k8s.io/storageclasses', '', 'maqueta-local');
const oneNode = { nodes: [{ name: 'minikube' }] };

describe('un clúster con menos nodos de los que pide el laboratorio', () => {
  const ask = async (target: Target, needs: object = { nodes: 3 }) => fakeProject({ lab: aLab(needs), open: async () => ({ target }) }).lab('09 minikube');

  it('en minikube: cuántos faltan, cómo se añaden y la maqueta; no se crea nada', async () => {
    const target = await openDressed('minikube', oneNode);
    const { exitCode, stderr } = await ask({
      ...target,
      actions: { ...target.actions, createNamespace: () => Promise.reject(new Error('no se debía crear')) },
    });
    expect(exitCode).toBe(3);
    expect(`\n${stderr}`).toMatchInlineSnapshot(`
      "
        ✖ Este laboratorio necesita 3 nodos donde poner Pods y minikube →
          https://192.0.2.10:8443 tiene 1: faltan 2, y cada «node add» añade uno.
          Prueba:  minikube node add
          O bien:  npm run -s lab 09 maqueta
      "
    `);
  });

  it('en otro perfil, la orden lo nombra', async () => {
    const { stderr } = await ask(await openDressed('perfil', { nodes: [{ name: 'clase' }, { name: 'clase-m02' }] }));
    expect(`\n${stderr}`).toMatchInlineSnapshot(`
      "
        ✖ Este laboratorio necesita 3 nodos donde poner Pods y clase →
          https://192.0.2.10:8443 tiene 2: falta 1.
          Prueba:  minikube node add -p clase
          O bien:  npm run -s lab 09 maqueta
      "
    `);
  });

  it('en un contexto ajeno nadie sabe añadirlos: la maqueta', async () => {
    const { exitCode, stderr } = await ask(await openDressed('contexto', oneNode));
    expect(exitCode).toBe(3);
    expect(`\n${stderr}`).toMatchInlineSnapshot(`
      "
        ✖ Este laboratorio necesita 3 nodos donde poner Pods y trabajo →
          https://192.0.2.20:6443 tiene 1. En la maqueta hay bastantes.
          Prueba:  npm run -s lab 09 maqueta
      "
    `);
  });

  it('si solo los pide un paso, se dice antes de empezar cuál no se prueba, y lo demás se prueba', async () => {
    const { exitCode, stdout } = await playRealLab('07 minikube', await openDressed('minikube', oneNode));
    expect(stdout.slice(0, 5).join('\n')).toMatchInlineSnapshot(`
      "Laboratorio 07 · Un nombre, un orden y un disco
      minikube → https://192.0.2.10:8443 · Kubernetes v1.37.1+maqueta · espacio lab-07-x001
      Tu contexto actual de kubectl no se usa ni se cambia.
      Aquí no se prueba el paso «nodo»: necesita 2 nodos donde poner Pods; aquí hay 1. Para probarlo: minikube node add
      00:00 lab-07 orden        EMPIEZA Los Pods nacen de uno en uno, cada uno cuando el anterior está listo, y se van en el orden contrario"
    `);
    expect(stdout.filter((line) => /SALTADO|^Hecho/.test(line)).join('\n')).toMatchInlineSnapshot(`
      "02:45 lab-07 nodo         SALTADO necesita 2 nodos donde poner Pods; aquí hay 1
      Hecho ✔  11 de 12 comprobaciones en 2 min 46 s. 1 no se prueba en este destino. Anotado en tu bitácora."
    `);
    expect(exitCode).toBe(0);
  });
});

describe('la clase de almacenamiento', () => {
  const ask = async (dress: 'minikube' | 'perfil' | 'contexto', prepare: (world: World) => void, nodes?: { name: string }[]) => {
    const { exitCode, stderr } = await playRealLab('04 minikube', await openDressed(dress, { prepare, ...(nodes ? { nodes } : {}) }));
    expect(exitCode).toBe(3);
    return stderr;
  };

  it('no hay ninguna en minikube', async () =>
    expect(await ask('minikube', noClass)).toMatchInlineSnapshot(`
    "
      ✖ Este laboratorio necesita una StorageClass por defecto y minikube →
        https://192.0.2.10:8443 no la tiene.
        Prueba:  minikube addons enable default-storageclass
        O bien:  npm run -s lab 04 maqueta
    "
  `));
  it('ni en otro perfil', async () =>
    expect(await ask('perfil', noClass)).toMatchInlineSnapshot(`
    "
      ✖ Este laboratorio necesita una StorageClass por defecto y clase →
        https://192.0.2.10:8443 no la tiene.
        Prueba:  minikube addons enable default-storageclass -p clase
        O bien:  npm run -s lab 04 maqueta
    "
  `));
  it('ni en un contexto ajeno', async () =>
    expect(await ask('contexto', noClass)).toMatchInlineSnapshot(`
    "
      ✖ Este laboratorio necesita una StorageClass por defecto y trabajo →
        https://192.0.2.20:6443 no la tiene.
        Prueba:  npm run -s lab 04 maqueta
    "
  `));

  it('hay, y ninguna es la de por defecto', async () => {
    const unmark = ({ registry, store }: World) => {
      const found = store.collection('storage.k8s.io/storageclasses').get('', 'maqueta-local');
      if (found) registry.update('storage.k8s.io/storageclasses', { ...found, metadata: { ...found.metadata, annotations: {} } });
    };
    expect(await ask('contexto', unmark)).toMatchInlineSnapshot(`
      "
        ✖ Este laboratorio necesita una StorageClass por defecto y trabajo →
          https://192.0.2.20:6443 no la tiene: la que hay, maqueta-local, no está
          marcada.
          Prueba:  kubectl --context trabajo annotate storageclass maqueta-local storageclass.kubernetes.io/is-default-class=true
          O bien:  npm run -s lab 04 maqueta
      "
    `);
  });

  it('la de minikube, con varios nodos: explica qué pasaría y no sigue', async () => {
    const standard = (world: World) => {
      noClass(world);
      world.registry.create('storage.k8s.io/storageclasses', {
        apiVersion: 'storage.k8s.io/v1',
        kind: 'StorageClass',
        metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
        ...{ provisioner: 'k8s.io/minikube-hostpath', reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' },
      });
    };
    const nodes = [{ name: 'clase' }, { name: 'clase-m02' }, { name: 'clase-m03' }];
    expect(await ask('perfil', standard, nodes)).toMatchInlineSnapshot(`
      "
        ✖ La StorageClass por defecto de clase → https://192.0.2.10:8443, standard,
          guarda cada volumen en la carpeta de un nodo y no dice de cuál; con 3 nodos,
          un Pod que cambie de nodo perdería de vista sus datos.
          Prueba:  minikube addons enable storage-provisioner-rancher -p clase
          O bien:  npm run -s lab 04 maqueta
      "
    `);
    expect(await ask('contexto', standard, nodes)).toMatchInlineSnapshot(`
      "
        ✖ La StorageClass por defecto de trabajo → https://192.0.2.20:6443, standard,
          guarda cada volumen en la carpeta de un nodo y no dice de cuál; con 3 nodos,
          un Pod que cambie de nodo perdería de vista sus datos.
          Prueba:  npm run -s lab 04 maqueta
      "
    `);
  });
});
