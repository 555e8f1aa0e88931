import { describe, expect, it } from 'vitest';
import { testCluster } from '../../kubelet/test-cluster.ts';
import type { Pod } from '../../schema/types.generated.ts';

/** Ejecuta un guion hasta que calle y devuelve su registro y cómo acabó. */
function runScript(code: string, file = 'guion.mjs') {
  const cluster = testCluster();
  cluster.configMap('app', { [file]: code });
  cluster.run('p', {
    restartPolicy: 'Never',
    containers: [
      {
        name: 'app',
        image: 'node:24.21-alpine',
        command: ['node', `/app/${file}`, 'uno'],
        env: [{ name: 'COLOR', value: 'rojo' }],
        volumeMounts: [
          { name: 'app', mountPath: '/app' },
          { name: 'datos', mountPath: '/datos' },
        ],
      },
    ],
    volumes: [
      { name: 'app', configMap: { name: 'app' } },
      { name: 'datos', emptyDir: {} },
    ],
  });
  cluster.clock.advance(20_000);
  return { log: cluster.logs('p'), end: cluster.pod('p')?.status?.containerStatuses?.[0]?.state?.terminated };
}

describe('un guion de Node', () => {
  it('ve su versión, sus argumentos, su entorno y el nombre del Pod', () => {
    const { log, end } = runScript(
      "import { hostname } from 'node:os';\nimport process, { argv } from 'process';\nconsole.log(process.version, argv.slice(2), process.env.COLOR, hostname());",
    );
    expect(log).toBe("v24.21.0 [ 'uno' ] rojo p\n");
    expect(end).toMatchObject({ exitCode: 0, reason: 'Completed' });
  });

  it.each([
    ['node:22.23-alpine', 'v22.23.0\n'],
    ['node:22', 'v22.23.0\n'],
    ['docker.io/library/node:24-slim', 'v24.21.0\n'],
    ['node:24.18.0', 'v24.18.0\n'],
  ])('la imagen %s dice %j', (image, version) => {
    const cluster = testCluster();
    cluster.run('p', { restartPolicy: 'Never', containers: [{ name: 'app', image, command: ['node', '-p', 'process.version'] }] });
    cluster.clock.advance(8000);
    expect(cluster.logs('p')).toBe(version);
  });

  it('vive en el tiempo virtual y acaba cuando no le queda nada pendiente', () => {
    const { log, end } = runScript(
      'const start = Date.now(); let n = 0; const t = setInterval(() => { n += 1; console.log(n, Date.now() - start); if (n === 3) clearInterval(t) }, 1000); setTimeout(() => {}, 99999).unref()',
    );
    expect(log).toBe('1 1000\n2 2000\n3 3000\n');
    expect(end?.exitCode).toBe(0);
  });

  it('lee y escribe en lo que tiene montado, con los errores de Node', () => {
    const { log } = runScript(`
      import * as fs from 'node:fs';
      import { readFileSync as leer, existsSync } from 'fs';
      fs.mkdirSync('/datos/a/b', { recursive: true });
      fs.writeFileSync('/datos/a/b/n.txt', 'uno');
      fs.appendFileSync('/datos/a/b/n.txt', ' dos');
      console.log(leer('/datos/a/b/n.txt', 'utf8'), fs.readdirSync('/datos'), existsSync('/nada'));
      for (const run of [() => leer('/nada'), () => fs.writeFileSync('/app/x', ''), () => leer('/datos')]) {
        try { run() } catch (error) { console.log(error.code, error.message) }
      }`);
    expect(log).toBe(
      "uno dos [ 'a' ] false\nENOENT ENOENT: no such file or directory, open '/nada'\nEROFS EROFS: read-only file system, open '/app/x'\nEISDIR EISDIR: illegal operation on a directory, open '/datos'\n",
    );
  });

  it.each([
    ["import net from 'node:net';", 'la maqueta no tiene el módulo node:net'],
    ["import { createReadStream } from 'node:fs';", 'la maqueta no tiene createReadStream en el módulo node:fs'],
    ["fetch('http://web')", 'la maqueta no tiene fetch'],
    ['new Promise(() => {})', 'la maqueta no tiene Promise'],
    ['const f = async () => {}; f()', 'la maqueta no ejecuta promesas: el guion usa async'],
    ["const m = import('node:fs')", 'la maqueta no tiene import()'],
  ])('muere nombrando lo que falta: %s', (code, message) => {
    const { log, end } = runScript(code);
    expect(log).toBe(`${message}\n\nNode.js v24.21.0\n`);
    expect(end).toMatchObject({ exitCode: 1, reason: 'Error' });
  });

  it('las palabras de un comentario o de un texto no son código', () => {
    const { log } = runScript('// await y async en un comentario\nconsole.log(\'import x from "y" y async\', `export ${1 + 1} await`)');
    expect(log).toBe('import x from "y" y async export 2 await\n');
  });

  it('una excepción sin capturar sale en el registro y acaba con 1', () => {
    const { log, end } = runScript("setTimeout(() => { throw new TypeError('se rompió') }, 100)");
    expect(log).toBe('file:///app/guion.mjs\n\nTypeError: se rompió\n    at file:///app/guion.mjs\n\nNode.js v24.21.0\n');
    expect(end?.exitCode).toBe(1);
  });

  it('process.exit corta en el acto y avisa', () => {
    const { log, end } = runScript(
      "process.on('exit', (code) => console.log('fin', code)); setTimeout(() => { process.exit(7); console.log('nunca') }, 10); setInterval(() => {}, 1000)",
    );
    expect(log).toBe('fin 7\n');
    expect(end?.exitCode).toBe(7);
  });

  it('dos procesos en el mismo puerto chocan', () => {
    const { log, end } = runScript("import http from 'http'; http.createServer().listen(8080); http.createServer().listen(8080)");
    expect(log).toBe(
      "file:///app/guion.mjs\n\nError: listen EADDRINUSE: address already in use :::8080 {\n  code: 'EADDRINUSE',\n  errno: -98,\n  syscall: 'listen',\n  address: '::',\n  port: 8080\n}\n    at file:///app/guion.mjs\n\nNode.js v24.21.0\n",
    );
    expect(end?.exitCode).toBe(1);
  });

  it('la misma semilla da el mismo azar', () => {
    const roll = (seed: number) => {
      const cluster = testCluster({ seed });
      cluster.script('p', 'console.log(Math.random(), Math.max(1, 2))', {}, { restartPolicy: 'Never' });
      cluster.clock.advance(8000);
      return cluster.logs('p');
    };
    expect(roll(3)).toBe(roll(3));
    expect(roll(3)).not.toBe(roll(4));
    expect(roll(3)).toMatch(/^0\.\d+ 2\n$/);
  });

  it('un servidor cierra sin cortar a quien está atendiendo', () => {
    const cluster = testCluster();
    cluster.script(
      's',
      "const http = require('http'); const s = http.createServer((q, r) => setTimeout(() => r.end('tarde pero llega'), 1000)).listen(8080); process.on('SIGTERM', () => s.close(() => process.exit(0)))",
    );
    cluster.clock.advance(6000);
    cluster.script(
      'c',
      "const http = require('http'); setTimeout(() => http.get('http://' + process.env.IP + ':8080/', (r) => { let b = ''; r.on('data', (d) => { b += d }); r.on('end', () => console.log(r.statusCode, b)) }), 3000)",
      { env: [{ name: 'IP', value: '10.244.0.2' }] },
      { restartPolicy: 'Never' },
    );
    for (let step = 0; step < 2000 && cluster.state('c') !== 'Running'; step++) cluster.clock.advance(10);
    // La petición sale a los 3 s de arrancar el cliente; el servidor recibe la señal con ella en la mano.
    const started = Date.parse(cluster.pod('c')?.status?.containerStatuses?.[0]?.state?.running?.startedAt ?? '');
    cluster.clock.advance(started + 4300 - cluster.clock.now());
    cluster.delete('s');
    cluster.clock.advance(5000);
    expect(cluster.pod('s')).toBeUndefined();
    expect(cluster.logs('c')).toBe('200 tarde pero llega\n');
  });
});

describe('servidor y cliente del laboratorio 04', () => {
  const serverCode = `
import { createServer } from 'node:http';
import { hostname } from 'node:os';
const server = createServer((request, response) => {
  if (request.url === '/muere') setTimeout(() => process.exit(1), 20);
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ pod: hostname(), version: process.version }));
});
setTimeout(() => server.listen(8080, () => console.log('escucho en el 8080')), 3000);
process.on('SIGTERM', () => {
  console.log('me piden que acabe');
  server.close(() => process.exit(0));
});`;
  const clientCode = `
import { get } from 'node:http';
let count = 0;
setInterval(() => {
  const n = ++count;
  let done = false;
  const tell = (result) => {
    if (done) return;
    done = true;
    console.log(JSON.stringify({ n, ...result }));
  };
  const request = get({ host: process.env.SERVICIO, port: 80, path: '/', agent: false, timeout: 2000 }, (response) => {
    let body = '';
    response.setEncoding('utf8');
    response.on('data', (piece) => { body += piece; });
    response.on('end', () => tell(JSON.parse(body)));
  });
  request.on('timeout', () => request.destroy(Object.assign(new Error('sin respuesta'), { code: 'ETIMEDOUT' })));
  request.on('error', (error) => tell({ error: error.code }));
}, 200);`;

  const start = () => {
    const cluster = testCluster();
    cluster.configMap('app', { 'servidor.mjs': serverCode, 'cliente.mjs': clientCode });
    const mount = { volumeMounts: [{ name: 'app', mountPath: '/app' }] };
    const volumes = [{ name: 'app', configMap: { name: 'app' } }];
    const serve = (name: string, nodeName: string, more = {}) =>
      cluster.run(name, {
        nodeName,
        volumes,
        containers: [
          {
            name: 'app',
            image: 'node:22.23-alpine',
            command: ['node', '/app/servidor.mjs'],
            readinessProbe: { httpGet: { path: '/', port: 8080 }, periodSeconds: 1 },
            ...mount,
            ...more,
          },
        ],
      });
    serve('web-a', 'nodo1');
    serve('web-b', 'nodo2', { lifecycle: { preStop: { sleep: { seconds: 5 } } } });
    cluster.service('web', 80, 8080);
    cluster.clock.advance(12_000);
    cluster.endpoints('web', 8080, [{ name: 'web-a' }, { name: 'web-b' }]);
    cluster.run('cliente', {
      volumes,
      containers: [{ name: 'cliente', image: 'node:24.21-alpine', command: ['node', '/app/cliente.mjs'], env: [{ name: 'SERVICIO', value: 'web' }], ...mount }],
    });
    const results = () =>
      cluster
        .logs('cliente')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { n: number; pod?: string; version?: string; error?: string });
    return { ...cluster, results };
  };

  it('se hablan por el Service y contestan los dos', () => {
    const { clock, isReady, results } = start();
    clock.advance(10_000);
    expect(isReady('web-a')).toBe(true);
    expect([...new Set(results().map(({ pod, version, error }) => `${pod} ${version} ${error}`))].sort()).toEqual([
      'web-a v22.23.0 undefined',
      'web-b v22.23.0 undefined',
    ]);
    expect(results().length).toBeGreaterThan(25);
  });

  it('borrar un Pod con preStop no cuesta errores; sin él, sí mientras los nodos no se enteran', () => {
    const gentle = start();
    gentle.clock.advance(5000);
    gentle.delete('web-b');
    gentle.endpoints('web', 8080, [{ name: 'web-a' }, { name: 'web-b', ready: false, serving: true, terminating: true }]);
    gentle.clock.advance(10_000);
    expect(gentle.results().filter(({ error }) => error)).toEqual([]);

    // Como el cliente pregunta cada 200 ms, hace falta repetir para caer en el hueco de decenas de milisegundos.
    const errors = new Set<string | undefined>();
    for (let offset = 0; offset < 200; offset += 10) {
      const abrupt = start();
      abrupt.clock.advance(5000 + offset);
      abrupt.delete('web-a');
      abrupt.endpoints('web', 8080, [{ name: 'web-a', ready: false, serving: true, terminating: true }, { name: 'web-b' }]);
      abrupt.clock.advance(3000);
      for (const { error } of abrupt.results()) if (error) errors.add(error);
    }
    expect([...errors]).toEqual(['ECONNREFUSED']);
  }, 30_000);

  it('una orden dentro del contenedor ve lo mismo que su programa', () => {
    const { clock, machines, pod } = start();
    clock.advance(3000);
    const results: string[] = [];
    const exec = (...command: string[]) => {
      machines.runtime.exec(pod('web-a') as Pod, undefined, command, '', ({ stdout, stderr, exitCode }) => results.push(`${exitCode}:${stdout}${stderr}`));
      clock.advance(3000);
    };
    exec('node', '-e', 'console.log(require("os").hostname())');
    exec('hostname');
    exec('ls', '/app');
    exec('sh', '-c', 'wget -qO- http://web/ | grep -c pod');
    exec('nslookup', 'nada');
    exec('python');
    expect(results).toEqual([
      '0:web-a\n',
      '0:web-a\n',
      '0:cliente.mjs\nservidor.mjs\n',
      '0:1\n',
      "1:Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\n** server can't find nada: NXDOMAIN\n\n",
      '127:OCI runtime exec failed: exec failed: unable to start container process: exec: "python": executable file not found in $PATH\n',
    ]);
    exec('kill', '1');
    clock.advance(3000);
    expect(pod('web-a')?.status?.containerStatuses?.[0]).toMatchObject({ restartCount: 1, lastState: { terminated: { exitCode: 0, reason: 'Completed' } } });
  });
});
